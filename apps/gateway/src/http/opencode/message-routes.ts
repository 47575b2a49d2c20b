import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { GatewayError } from '../../ground/gateway-error.ts';
import { tooOften } from '../../ground/too-often.ts';
import type { Session } from '../../session/session.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { requireSession } from '../require-session.ts';
import { limitedReads } from './limited-reads.ts';
import { fromSessionId } from './opencode-ids.ts';
import type { OpenCodeOptions } from './opencode-options.ts';
import { promptBody, requireModel, toPrompt } from './prompt-body.ts';
import { readBody } from './read-body.ts';
import { readConversation } from './read-conversation.ts';
import { untilRun } from './until-run.ts';

type MessageRoutesOptions = Pick<OpenCodeOptions, 'sessions' | 'limits' | 'ids' | 'stopping'>;

/** Prompts and answers, for clients of OpenCode. */
export function createMessageRoutes({
  sessions,
  limits,
  ids,
  stopping,
}: MessageRoutesOptions): Hono<ApiEnvironment> {
  const app = new Hono<ApiEnvironment>();
  const find = (c: Context<ApiEnvironment>) =>
    requireSession(sessions, fromSessionId(c.req.param('id') ?? ''), c.get('identity'));

  /** The prompt of a request; it is accepted by calling this. */
  const readPrompt = async (c: Context<ApiEnvironment>, session: Session) => {
    const body = await readBody(c, promptBody);
    requireModel(body.model, session.record.workerType);
    const identity = c.get('identity');
    const inputId = body.messageID ?? ids.uuid();
    const request = { inputId, author: identity.subject, ...toPrompt(body) };
    const accept = () => {
      sessions.requireOpen();
      const excess = limits.takeInput(identity);
      if (excess) throw tooOften('too many prompts', excess.retryAfterMs);
      return session.prompt(request);
    };
    return { inputId, accept };
  };

  app.get('/:id/message', limitedReads(limits), async (c) => {
    const messages = [...(await readConversation(find(c))).messages.values()];
    const limit = z.coerce.number().int().positive().catch(messages.length).parse(c.req.query('limit'));
    return c.json(messages.slice(-limit));
  });

  app.get('/:id/message/:message_id', limitedReads(limits), async (c) => {
    const { messages } = await readConversation(find(c));
    const message = messages.get(c.req.param('message_id'));
    if (!message) throw new GatewayError('SESSION_NOT_FOUND', 'there is no such message in this session');
    return c.json(message);
  });

  app.post('/:id/message', async (c) => {
    const session = find(c);
    const prompt = await readPrompt(c, session);
    const gone = AbortSignal.any([c.req.raw.signal, stopping]);
    const turnId = await untilRun(session, { ...prompt, gone });
    await session.settled();
    const answer = (await readConversation(session)).answerOf(turnId);
    if (!answer) throw new GatewayError('INTERNAL_ERROR', 'the agent gave no answer: read the session');
    return c.json(answer);
  });

  app.post('/:id/prompt_async', async (c) => {
    const session = find(c);
    const { accept } = await readPrompt(c, session);
    accept();
    await session.settled();
    return c.body(null, 204);
  });

  app.post('/:id/abort', async (c) => {
    const session = find(c);
    session.interrupt();
    await session.settled();
    return c.json(true);
  });
  return app;
}
