import type { ServerData } from '@hotplex/aep-protocol';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { Session } from '../../session/session.ts';
import type { InteractionRecord } from '../../store/store.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { requireSession } from '../require-session.ts';
import { fromRequestId, fromSessionId } from './opencode-ids.ts';
import type { OpenCodeOptions } from './opencode-options.ts';
import { readBody } from './read-body.ts';
import { toPermission, toQuestion } from './request-events.ts';

const mostSessions = 200;
const reply = z.enum(['once', 'always', 'reject']);
const permissionReply = z.object({ reply, message: z.string().optional() });
const response = z.object({ response: reply });
const questionReply = z.object({ answers: z.array(z.array(z.string())) });

type Reply = z.infer<typeof permissionReply>;

/** What agents ask of people, for clients of OpenCode. */
export function createRequestRoutes({
  sessions,
  told,
}: Pick<OpenCodeOptions, 'sessions' | 'told'>): Hono<ApiEnvironment> {
  const app = new Hono<ApiEnvironment>();
  const open = (c: Context<ApiEnvironment>, kind: 'permission' | 'question') =>
    sessions
      .list(c.get('identity'), { limit: mostSessions })
      .flatMap(({ id }) => told.pending(id).map((row) => ({ id, row })))
      .filter(({ row }) => row.kind === kind);
  /** The request that an address names; a session that it names, too, has to be that of the request. Throws SESSION_NOT_FOUND and INVALID_MESSAGE. */
  const find = (c: Context<ApiEnvironment>, kind: 'permission' | 'question') => {
    const { sessionId, id } = fromRequestId(kind, c.req.param('request_id') ?? '');
    const named = fromSessionId(c.req.param('id') ?? sessionId);
    c.set('sessionId', named);
    if (named !== sessionId)
      throw new GatewayError('SESSION_NOT_FOUND', 'there is no such request in this session');
    const session = requireSession(sessions, sessionId, c.get('identity'));
    return { session, row: requireOpen(session, id) };
  };

  app.get('/permission', (c) =>
    c.json(
      open(c, 'permission').map(({ id: sessionId, row }) =>
        toPermission(row.request as ServerData<'permission_request'>, { sessionId, messageId: undefined }),
      ),
    ),
  );
  app.get('/question', (c) =>
    c.json(
      open(c, 'question').map(({ id: sessionId, row }) =>
        toQuestion(row.request as ServerData<'question_request'>, { sessionId, messageId: undefined }),
      ),
    ),
  );

  app.post('/permission/:request_id/reply', async (c) => {
    const { session, row } = find(c, 'permission');
    session.respond(toAnswer(row, await readBody(c, permissionReply)), c.get('identity').subject);
    await session.settled();
    return c.json(true);
  });
  app.post('/session/:id/permissions/:request_id', async (c) => {
    const { session, row } = find(c, 'permission');
    const { response: reply } = await readBody(c, response);
    session.respond(toAnswer(row, { reply }), c.get('identity').subject);
    await session.settled();
    return c.json(true);
  });

  app.post('/question/:request_id/reply', async (c) => {
    const { session, row } = find(c, 'question');
    const { answers } = await readBody(c, questionReply);
    const { questions } = row.request as ServerData<'question_request'>;
    const named = questions.map(({ question, multi_select: multiple }, index) => {
      const given = answers[index] ?? [];
      return [question, multiple ? given : (given[0] ?? '')] as const;
    });
    const answer = { kind: 'question', id: row.id, answers: Object.fromEntries(named) } as const;
    session.respond(answer, c.get('identity').subject);
    await session.settled();
    return c.json(true);
  });
  app.post('/question/:request_id/reject', async (c) => {
    const { session, row } = find(c, 'question');
    session.respond({ kind: 'question', id: row.id, answers: null }, c.get('identity').subject);
    await session.settled();
    return c.json(true);
  });
  return app;
}

function requireOpen(session: Session, id: string): InteractionRecord {
  const row = session.pending.find((each) => each.id === id);
  if (row) return row;
  throw new GatewayError('ALREADY_RESOLVED', 'this was decided before, or never asked');
}

/** `always` is what the agent itself offers for good; where it offers no such thing it is this once. */
function toAnswer({ id, request }: InteractionRecord, { reply, message }: Reply) {
  const { options = [] } = request as ServerData<'permission_request'>;
  const kind = reply === 'always' ? 'allow_always' : reply === 'once' ? 'allow_once' : 'reject_once';
  const option = options.find((each) => each.kind === kind);
  return {
    ...({ kind: 'permission', id, allowed: reply !== 'reject' } as const),
    ...(option ? { optionId: option.id } : {}),
    ...(message === undefined ? {} : { reason: message }),
  };
}
