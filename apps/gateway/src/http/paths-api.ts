import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { findPaths } from '../session/find-paths.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { downloadHeaders } from './download-headers.ts';
import { jsonAnswer } from './json-answer.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { requireSession } from './require-session.ts';

const params = z.object({ id: z.string().max(128) });
const query = z.object({ path: z.string().min(1).max(4_096) });

const content = createRoute({
  method: 'get',
  path: '/{id}/paths/content',
  request: { params, query },
  responses: {
    200: jsonAnswer(
      'One file of the work dir as it is now. What may hold a secret, and what is behind a link, is not to be had.',
      z.object({
        path: z.string(),
        kind: z.enum(['text', 'image', 'binary', 'large']).describe('large: nothing of it is shown.'),
        media_type: z.string().describe('By what is in it.'),
        size: z.number().describe('Bytes.'),
        sha256: z.string().nullable().describe('Null of a file that is too large to be handed out.'),
        text: z.string().nullable().describe('Null for what is no text, or large.'),
      }),
    ),
  },
});

const bytes = createRoute({
  method: 'get',
  path: '/{id}/paths/bytes',
  request: { params, query },
  responses: { 200: { description: 'Its bytes.', content: { '*/*': { schema: z.unknown() } } } },
});

const route = createRoute({
  method: 'get',
  path: '/{id}/paths',
  request: {
    params,
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

export type PathsApiOptions = {
  sessions: SessionRegistry;
  snapshots: Pick<Snapshots, 'file'>;
  clock: Clock;
};

/** Files of the work dir for those who write a prompt: their names, and what is in them. */
export function createPathsApi({ sessions, snapshots, clock }: PathsApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  api.openapi(route, async (c) => {
    const { q: query, limit } = c.req.valid('query');
    const session = requireSession(sessions, c.req.valid('param').id, c.get('identity'));
    return c.json(await findPaths({ workDir: session.record.workDir, query, limit, clock }), 200);
  });

  api.openapi(content, (c) => {
    const { record } = requireSession(sessions, c.req.valid('param').id, c.get('identity'));
    const { path, kind, mediaType, size, sha256, text } = snapshots.file(record, c.req.valid('query').path);
    return c.json({ path, kind, media_type: mediaType, size, sha256, text: text ?? null }, 200);
  });

  api.openapi(bytes, (c) => {
    const { record } = requireSession(sessions, c.req.valid('param').id, c.get('identity'));
    const { sha256, ...file } = snapshots.file(record, c.req.valid('query').path);
    if (sha256 === null)
      throw new GatewayError('INVALID_MESSAGE', `${file.path} is too large to be handed out`, {
        details: { reason: 'too_large' },
      });
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    return c.body(new Uint8Array(file.content), 200, downloadHeaders({ ...file, sha256, name }));
  });
  return api;
}
