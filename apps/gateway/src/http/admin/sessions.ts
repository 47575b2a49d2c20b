import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { sessionStates } from '@hotplex/aep-protocol';
import type { OperatorSessions } from '../../session/operator-sessions.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';
import { readSessionPage, sessionPage, sessionPageQuery } from '../session-page.ts';
import { isOfOneNode, nodeQuery, type Peers } from './peers.ts';
import { sessionReport, toSessionReport } from './session-report.ts';

const idParam = z.object({ id: z.string().max(128) });

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    request: {
      query: sessionPageQuery.extend({
        ...nodeQuery.shape,
        user_id: z.string().max(256).optional().describe('Only the sessions of this owner.'),
        worker_type: z.string().max(64).optional().describe('Only those of this agent.'),
        state: z.enum(sessionStates).optional(),
        text: z
          .string()
          .max(256)
          .optional()
          .describe('Only those with this in their id, their owner or their work dir.'),
      }),
    },
    responses: {
      200: jsonAnswer(
        'Everybody’s sessions, newest change first; of one node of a cluster those that it works for.',
        sessionPage(sessionReport),
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
export function createSessionRoutes({
  sessions,
  peers,
}: {
  sessions: OperatorSessions;
  peers: Peers;
}): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  api.openapi(routes.list, (c) => {
    const {
      user_id: ownerId,
      worker_type: workerType,
      state,
      text,
      node: _,
      ...asked
    } = c.req.valid('query');
    const filter = {
      ...(ownerId !== undefined && { ownerId }),
      ...(workerType !== undefined && { workerType }),
      ...(state !== undefined && { state }),
      ...(text !== undefined && { text }),
    };
    const list = isOfOneNode(c, peers) ? sessions.listHere : sessions.list;
    return c.json(
      readSessionPage(asked, (page) => list({ ...page, ...filter }), toSessionReport),
      200,
    );
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
