import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';

const setting = z.object({
  path: z.string().describe('Dotted, as in gateway.addr.'),
  value: z.unknown().describe('Not there if it is not set; of a secret only that it is.'),
  origin: z.enum(['default', 'file', 'environment', 'rollback']),
});

/** Every setting with what it comes to and where that is from; no secrets. */
export type ReadSettings = () => z.infer<typeof setting>[];

const route = createRoute({
  method: 'get',
  path: '/',
  responses: {
    200: jsonAnswer('The configuration that is in force.', z.object({ settings: z.array(setting) })),
  },
});

/** The configuration that this gateway runs with. */
export function createConfigRoute(settings: ReadSettings): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>().openapi(route, (c) => c.json({ settings: settings() }, 200));
}
