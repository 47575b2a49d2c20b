import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Router } from '../../cluster/router.ts';
import type { Clock } from '../../ground/clock.ts';
import type { ApiEnvironment } from '../api-environment.ts';

/** A gateway of a cluster: what it is called, and as which life of that node it runs. */
export type Peer = { name: string; life: string };

/** The gateways of a cluster as one of them can ask them; of one that is alone itself. */
export type Peers = {
  readonly isAlone: boolean;
  readonly self: Peer;
  /** Those beside it, as far as is known here; of two lives of one node the newer one first. */
  others(): Peer[];
  connect: Router['connect'];
  clock: Clock;
};

/** How an operator asks for one node alone. */
export const nodeQuery = z.object({
  node: z
    .string()
    .max(256)
    .optional()
    .describe('In a cluster: what this node says of itself alone, by its name in GET /admin/nodes.'),
});

/** Whether this gateway is asked for itself and not for all: by its name, by another node, or because it is alone. */
export const isOfOneNode = (c: Context<ApiEnvironment>, { isAlone }: Pick<Peers, 'isAlone'>): boolean =>
  isAlone || c.env.caller !== undefined || c.req.query('node') !== undefined;
