import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { sessionStates } from '@hotplex/aep-protocol';
import type { OperatorSessions } from '../../session/operator-sessions.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';
import { sessionReport, toSessionReport } from './session-report.ts';

const idParam = z.object({ id: z.string().max(128) });
const place = z.object({ updatedAt: z.number(), id: z.string() });

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    request: {
      query: z.object({
        limit: z.coerce.number().int().min(1).max(200).default(50),
        cursor: z.string().max(1_024).optional(),
        user_id: z.string().max(256).optional().describe('Only the sessions of this owner.'),
        state: z.enum(sessionStates).optional(),
      }),
    },
    responses: {
      200: jsonAnswer(
        'Everybody’s sessions, newest change first.',
        z.object({ sessions: z.array(sessionReport), next_cursor: z.string().nullable() }),
      ),
    },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    request: { params: idParam },
    responses: { 200: jsonAnswer('One session.', sessionReport) },
  }),
  terminate: createRoute({
    method: 'post',
    path: '/{id}/terminate',
    request: { params: idParam },
    responses: { 204: { description: 'Its agent has ended; its next prompt resumes it.' } },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{id}',
    request: { params: idParam },
    responses: { 204: { description: 'Gone for good.' } },
  }),
};

/** The sessions of everybody: looked at, ended, removed. */
export function createSessionRoutes(sessions: OperatorSessions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  api.openapi(routes.list, (c) => {
    const { limit, cursor, user_id: ownerId, state } = c.req.valid('query');
    const records = sessions.list({
      limit,
      ...(cursor !== undefined && { before: decodeCursor(cursor, place) }),
      ...(ownerId !== undefined && { ownerId }),
      ...(state !== undefined && { state }),
    });
    const last = records.length === limit ? records.at(-1) : undefined;
    const next = last ? encodeCursor({ updatedAt: last.updatedAt, id: last.id }) : null;
    return c.json({ sessions: records.map(toSessionReport), next_cursor: next }, 200);
  });
  api.openapi(routes.get, (c) => c.json(toSessionReport(sessions.find(c.req.valid('param').id).record), 200));
  api.openapi(routes.terminate, async (c) => {
    await sessions.terminate(c.req.valid('param').id);
    return c.body(null, 204);
  });
  api.openapi(routes.remove, async (c) => {
    await sessions.remove(c.req.valid('param').id);
    return c.body(null, 204);
  });
  return api;
}
