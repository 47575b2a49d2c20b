import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { sessionConfig } from '@hotplex/aep-protocol';
import type { Identity } from '../auth/identity.ts';
import type { Clock } from '../ground/clock.ts';
import { toBranchTurn } from '../session/branch-point.ts';
import { frameOf } from '../session/frame.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { SessionRecord } from '../store/store.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { frameShape } from './frame-shape.ts';
import { jsonAnswer } from './json-answer.ts';
import { likeProtocol } from './like-protocol.ts';
import type { PushDoor } from './push-api.ts';
import { refusals } from './refusals.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { toRequestedConfig } from './requested-config.ts';
import { requireSession } from './require-session.ts';
import { readSessionPage, sessionPage, sessionPageQuery } from './session-page.ts';
import { sessionView, toSessionView, type ViewedSession } from './session-view.ts';

const title = z.string().trim().min(1).max(256);
const turnId = z.string().min(1).max(128).optional();
const change = z
  .object({ title: title.optional(), archived: z.boolean().optional() })
  .refine(({ title, archived }) => title !== undefined || archived !== undefined, {
    message: 'nothing is to be changed: send a title, or archived',
  });
const archived = z
  .enum(['true', 'false'])
  .default('false')
  .describe('Those that were put away, or the others.');
const looking = z
  .enum(['true', 'false'])
  .default('false')
  .describe('Whether somebody looks at what comes of it: then none of their browsers is notified.');
const idParam = z.object({ id: z.string().max(128) });
const eventsPage = z.object({
  events: z.array(frameShape),
  oldest_seq: z.number().describe('The first number that can be read; last_seq + 1 if there is none.'),
  last_seq: z.number(),
  epoch: z.string(),
});

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    request: { query: sessionPageQuery.extend({ archived, looking }) },
    responses: { 200: jsonAnswer('The caller’s sessions, newest change first.', sessionPage(sessionView)) },
  }),
  create: createRoute({
    method: 'post',
    path: '/',
    request: {
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.object({
              worker_type: z.string().min(1).max(64),
              title: title.optional(),
              client_key: z.string().max(128).optional(),
              config: likeProtocol(sessionConfig).optional(),
            }),
          },
        },
      },
    },
    responses: {
      201: jsonAnswer('The session, new or the one this key meant before.', sessionView),
      ...refusals(422, 429),
    },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    request: { params: idParam },
    responses: { 200: jsonAnswer('One session.', sessionView) },
  }),
  change: createRoute({
    method: 'patch',
    path: '/{id}',
    request: {
      params: idParam,
      body: { required: true, content: { 'application/json': { schema: change } } },
    },
    responses: { 200: jsonAnswer('The session as it is now.', sessionView) },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{id}',
    request: { params: idParam },
    responses: { 204: { description: 'Gone.' } },
  }),
  fork: createRoute({
    method: 'post',
    path: '/{id}/fork',
    request: {
      params: idParam,
      body: {
        required: false,
        content: {
          'application/json': {
            schema: z.object({
              title: title.optional(),
              work_dir: z.string().min(1).optional(),
              before_turn: turnId.describe('It branches off before this turn, and its prompt.'),
              after_turn: turnId.describe('It branches off after this turn; without either at the end.'),
            }),
          },
        },
      },
    },
    responses: {
      201: jsonAnswer('A session that goes on from this one, here or in another folder.', sessionView),
      ...refusals(409, 422),
    },
  }),
  events: createRoute({
    method: 'get',
    path: '/{id}/events',
    request: {
      params: idParam,
      query: z
        .object({
          after: z.coerce.number().int().min(0).optional(),
          before: z.coerce.number().int().min(1).optional(),
          limit: z.coerce.number().int().min(1).max(1_000).default(500),
        })
        .refine(({ after, before }) => after === undefined || before === undefined, {
          message: 'a page begins after a number or ends before one: send either after or before',
        }),
    },
    responses: {
      200: jsonAnswer('Logged events after a number, or the last ones before it, in order.', eventsPage),
    },
  }),
};

export type SessionsApiOptions = {
  sessions: SessionRegistry;
  clock: Clock;
  /** Undefined where nobody is called. */
  push: Pick<PushDoor, 'attention'> | undefined;
};

/** Sessions by HTTP: what the socket’s clients list, read and remove (rule R4). */
export function createSessionsApi({
  sessions,
  clock,
  push,
}: SessionsApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  const find = (id: string, identity: Identity) => requireSession(sessions, id, identity);

  /** The agent of a session may not be there any more; the session still is. */
  const describe = (record: SessionRecord, identity: Identity): ViewedSession => {
    try {
      return find(record.id, identity);
    } catch {
      return { record, pending: [], queue: [], terminalCommand: null, isolation: null };
    }
  };

  api.openapi(routes.list, (c) => {
    const identity = c.get('identity');
    const { archived, looking, ...asked } = c.req.valid('query');
    if (looking === 'true') push?.attention.note(identity.subject, clock.now());
    const page = readSessionPage(
      asked,
      (query) => sessions.list(identity, { ...query, isArchived: archived === 'true' }),
      (record) => toSessionView(describe(record, identity)),
    );
    return c.json(page, 200);
  });

  api.openapi(routes.create, async (c) => {
    const body = c.req.valid('json');
    const session = sessions.open({
      identity: c.get('identity'),
      workerType: body.worker_type,
      key: body.client_key ?? '',
      config: toRequestedConfig(body.config),
      ...(body.title === undefined ? {} : { title: body.title }),
    });
    await session.settled();
    return c.json(toSessionView(session), 201);
  });

  api.openapi(routes.get, (c) =>
    c.json(toSessionView(find(c.req.valid('param').id, c.get('identity'))), 200),
  );

  api.openapi(routes.change, async (c) => {
    const session = find(c.req.valid('param').id, c.get('identity'));
    const { title, archived } = c.req.valid('json');
    if (title !== undefined) session.rename(title);
    if (archived !== undefined) session.archive(archived);
    await session.settled();
    return c.json(toSessionView(session), 200);
  });

  api.openapi(routes.remove, async (c) => {
    await sessions.remove(c.req.valid('param').id, c.get('identity'));
    return c.body(null, 204);
  });

  api.openapi(routes.fork, async (c) => {
    const { title, work_dir: workDir, ...place } = c.req.valid('json');
    const turn = toBranchTurn(place);
    const session = await sessions.branch(c.req.valid('param').id, c.get('identity'), {
      turn,
      workDir,
      title,
    });
    await session.settled();
    return c.json(toSessionView(session), 201);
  });

  api.openapi(routes.events, (c) => {
    const session = find(c.req.valid('param').id, c.get('identity'));
    const { after = 0, before, limit } = c.req.valid('query');
    const { id, lastSeq, epoch } = session.record;
    const events = before === undefined ? session.events(after, limit) : session.eventsBefore(before, limit);
    const frames = events.map((event) => frameOf(id, event));
    const body = `{"events":[${frames.join(',')}],"oldest_seq":${session.oldestSeq()},"last_seq":${lastSeq},"epoch":${JSON.stringify(epoch)}}`;
    // Events are stored as JSON and never parsed on the way out.
    return c.body(body, 200, { 'content-type': 'application/json' }) as never;
  });
  return api;
}
