import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Clock } from '../ground/clock.ts';
import { findPaths } from '../session/find-paths.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { jsonAnswer } from './json-answer.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { requireSession } from './require-session.ts';

const route = createRoute({
  method: 'get',
  path: '/{id}/paths',
  request: {
    params: z.object({ id: z.string().max(128) }),
    query: z.object({
      q: z.string().max(256).default(''),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
  },
  responses: {
    200: jsonAnswer(
      'Files and folders of the session’s work dir whose path has `q` in it, the most likely first.',
      z.object({
        paths: z.array(
          z.object({
            path: z.string().describe('Relative to the work dir, with slashes.'),
            kind: z.enum(['file', 'folder']),
          }),
        ),
        complete: z.boolean().describe('false if there was more than it looked at.'),
      }),
    ),
  },
});

export type PathsApiOptions = { sessions: SessionRegistry; clock: Clock };

/** Names of files for those who write a prompt; never what is in them. */
export function createPathsApi({ sessions, clock }: PathsApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  api.openapi(route, async (c) => {
    const { q: query, limit } = c.req.valid('query');
    const session = requireSession(sessions, c.req.valid('param').id, c.get('identity'));
    return c.json(await findPaths({ workDir: session.record.workDir, query, limit, clock }), 200);
  });
  return api;
}
