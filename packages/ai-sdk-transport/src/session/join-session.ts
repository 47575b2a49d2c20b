import { AepClient, AepError, type SessionSummary, type SessionsApi } from '@hotplex/client-sdk';
import type { AepChatTransportOptions } from '../transport-options.ts';
import type { LogPosition } from './session-line.ts';

type JoinOptions = { chatId: string; sessions: SessionsApi; options: AepChatTransportOptions };

/**
 * The client for a chat’s session, not yet connected: from the given place in its log, else from the start of its
 * running turn, so that the turn can be shown whole. Undefined if there is no session and none may be made.
 */
export async function joinSession(
  { chatId, sessions, options }: JoinOptions,
  from: LogPosition | undefined,
  mayCreate: boolean,
): Promise<AepClient | undefined> {
  const summary =
    (await findSession(sessions, chatId)) ??
    (mayCreate ? await createSession(sessions, chatId, options) : undefined);
  if (!summary) return undefined;
  const { url, auth, client, presence, reconnect, webSocket } = options;
  const { id: sessionId, worker_type: workerType, turn, last_seq, epoch } = summary;
  const start = from ?? { lastSeq: turn ? turn.first_seq - 1 : last_seq, epoch };
  return new AepClient({
    url,
    auth,
    client,
    presence,
    reconnect,
    webSocket,
    sessionId,
    workerType,
    ...start,
  });
}

async function findSession(sessions: SessionsApi, id: string): Promise<SessionSummary | undefined> {
  try {
    return await sessions.get(id);
  } catch (error) {
    if (error instanceof AepError && error.code === 'SESSION_NOT_FOUND') return undefined;
    throw error;
  }
}

/** An id that is no session’s is the key of one: the same chat finds it again (rule H6). */
function createSession(
  sessions: SessionsApi,
  chatId: string,
  { workerType = () => 'claude_code', config }: AepChatTransportOptions,
): Promise<SessionSummary> {
  return sessions.create({
    workerType: workerType(chatId),
    clientKey: chatId,
    config: config?.(chatId),
  });
}
