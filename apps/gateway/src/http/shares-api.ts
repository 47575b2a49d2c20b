import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { GatewayError } from '../ground/gateway-error.ts';
import { leftOutKinds, type ShareLink } from '../ground/share-link.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { Sharing } from '../sharing/sharing.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { jsonAnswer } from './json-answer.ts';
import { refusals } from './refusals.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { requireSession } from './require-session.ts';

export type SharesApiOptions = {
  sessions: SessionRegistry;
  sharing: Pick<Sharing, 'make' | 'list' | 'revoke'>;
};

const hourMs = 3_600_000;
const lifetimes = {
  '1h': hourMs,
  '1d': 24 * hourMs,
  '7d': 7 * 24 * hourMs,
  '30d': 30 * 24 * hourMs,
} as const;
const idParam = z.object({ id: z.string().max(128) });

const shareView = z
  .object({
    id: z.string(),
    left_out: z.array(z.enum(leftOutKinds)),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable().describe('To the minute.'),
  })
  .openapi('ShareLink');

const routes = {
  make: createRoute({
    method: 'post',
    path: '/{id}/shares',
    request: {
      params: idParam,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.object({
              lifetime: z.enum(Object.keys(lifetimes) as [keyof typeof lifetimes]),
              left_out: z
                .array(z.enum(leftOutKinds))
                .max(leftOutKinds.length)
                .default([...leftOutKinds])
                .describe('What is not shown, beside secrets; all of it if it is not said.'),
            }),
          },
        },
      },
    },
    responses: {
      201: jsonAnswer(
        'The link. Its token is handed out this once; the page is /shared# and the token.',
        shareView.extend({ token: z.string() }),
      ),
      ...refusals(429),
    },
  }),
  list: createRoute({
    method: 'get',
    path: '/{id}/shares',
    request: { params: idParam },
    responses: {
      200: jsonAnswer(
        'The links of the session that work, oldest first.',
        z.object({ shares: z.array(shareView) }),
      ),
    },
  }),
  revoke: createRoute({
    method: 'delete',
    path: '/{id}/shares/{share_id}',
    request: { params: idParam.extend({ share_id: z.string().max(64) }) },
    responses: { 204: { description: 'It works no more.' } },
  }),
};

/** The links to read a session that its owner hands out. */
export function createSharesApi({ sessions, sharing }: SharesApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });

  api.openapi(routes.make, (c) => {
    const { record } = requireSession(sessions, c.req.valid('param').id, c.get('identity'));
    sessions.requireOpen();
    const { lifetime, left_out: leftOut } = c.req.valid('json');
    const { token, link } = sharing.make(record.id, { lifetimeMs: lifetimes[lifetime], leftOut });
    return c.json({ ...toView(link), token }, 201);
  });

  api.openapi(routes.list, (c) => {
    const { record } = requireSession(sessions, c.req.valid('param').id, c.get('identity'));
    return c.json({ shares: sharing.list(record.id).map(toView) }, 200);
  });

  api.openapi(routes.revoke, (c) => {
    const { id, share_id: shareId } = c.req.valid('param');
    const { record } = requireSession(sessions, id, c.get('identity'));
    if (!sharing.revoke(record.id, shareId))
      throw new GatewayError('SESSION_NOT_FOUND', 'this session has no such link');
    return c.body(null, 204);
  });
  return api;
}

function toView({ id, leftOut, createdAt, expiresAt, lastUsedAt }: ShareLink): z.infer<typeof shareView> {
  return {
    id,
    left_out: [...leftOut],
    created_at: new Date(createdAt).toISOString(),
    expires_at: new Date(expiresAt).toISOString(),
    last_used_at: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
  };
}
