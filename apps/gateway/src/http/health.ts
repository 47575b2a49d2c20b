import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnvironment } from './api-environment.ts';
import { jsonAnswer } from './json-answer.ts';

const health = z.object({
  status: z.enum(['ok', 'stopping']),
  isolation: z.string().optional().describe('At the operators’ port: what keeps agents from the machine.'),
});

const route = createRoute({
  method: 'get',
  path: '/',
  responses: {
    200: jsonAnswer('The gateway is there and takes work.', health),
    503: jsonAnswer('It is there, and stopping.', health),
  },
});

/**
 * That the gateway is there, and whether it takes work: all that somebody without a credential can learn. `more`: what the
 * listener of operators says besides.
 */
export function createHealth(
  isStopping: () => boolean,
  more: { isolation?: string } = {},
): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>().openapi(route, (c) =>
    isStopping()
      ? c.json({ status: 'stopping' as const, ...more }, 503)
      : c.json({ status: 'ok' as const, ...more }, 200),
  );
}
