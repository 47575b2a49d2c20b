import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnvironment } from './api-environment.ts';
import { jsonAnswer } from './json-answer.ts';

export type Readiness = {
  isStopping(): boolean;
  /** Whether the other gateways of a cluster hear of this one; true for one that is alone. */
  isHeld(): boolean;
};

const ready = z.object({ status: z.enum(['ok', 'stopping', 'cut_off']) });

const route = createRoute({
  method: 'get',
  path: '/ready',
  responses: {
    200: jsonAnswer('It takes work, and may be sent new clients.', ready),
    503: jsonAnswer(
      'Others should be sent new clients: it is stopping, was told to drain, or is a node that cannot renew its lease.',
      ready,
    ),
  },
});

/**
 * Whether this gateway is the one to send new clients to. NOTE: while NATS is away no node of a cluster is, and all go on
 * with what they have: whoever asks must then send clients to any that takes work.
 */
export function createReady({ isStopping, isHeld }: Readiness): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>().openapi(route, (c) => {
    if (isStopping()) return c.json({ status: 'stopping' as const }, 503);
    return isHeld() ? c.json({ status: 'ok' as const }, 200) : c.json({ status: 'cut_off' as const }, 503);
  });
}
