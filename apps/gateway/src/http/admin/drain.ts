import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { duration } from '../../settings/values.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';
import { nodeQuery } from './peers.ts';

export type DrainOptions = {
  /**
   * Takes no more work from now on and sends clients away. What runs may end within the time, milliseconds (default: as
   * configured), and is interrupted then; of several calls the time that is over first counts.
   */
  drain(withinMs: number | undefined): void;
  runningTurns(): number;
};

const route = createRoute({
  method: 'post',
  path: '/drain',
  request: {
    query: nodeQuery.extend({
      timeout: duration.optional().openapi({
        type: 'string',
        description: 'How long running turns may take to end, such as 30m; default: gateway.drain_timeout.',
      }),
    }),
  },
  responses: {
    202: jsonAnswer(
      'It takes no more work: running turns end or, after the timeout, are interrupted, then their agents end, and none is kept. Wait until GET /admin/stats (of a node of a cluster: with its name in ?node=) shows no more agents, then stop it; a drained gateway takes work again only after a restart.',
      z.object({ status: z.literal('draining'), running_turns: z.number() }),
    ),
  },
});

/** Empties the gateway before it is stopped, without stopping it. */
export function createDrainRoute({ drain, runningTurns }: DrainOptions): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid }).openapi(route, (c) => {
    drain(c.req.valid('query').timeout);
    return c.json({ status: 'draining' as const, running_turns: runningTurns() }, 202);
  });
}
