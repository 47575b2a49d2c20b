import type { NoticeReason } from '@hotplex/aep-protocol';
import type { WorkerEvent } from '../worker.ts';
import type { OwnRequest } from './commands.ts';
import { beginTurn, type Conversation } from './conversation.ts';
import type { Purpose } from './purpose.ts';
import { toState } from './ready.ts';
import type { Reply, RequestChannel } from './request-channel.ts';
import { notice } from './translate-notice.ts';
import { endTurn, tellSession } from './translate-turn.ts';

type OwnTurn = {
  pi: RequestChannel;
  /** Milliseconds of the worker's clock. */
  at: number;
  /** What the client called it. */
  command: string;
  request: OwnRequest;
};

/** A conversation that is short enough needs no compaction. */
const isNothingToDo = /^(Nothing to compact|Already compacted)/;

/** Starts work that no prompt may mix with, as a turn without an input. Returns what is to be told now. */
export function runOwnTurn(conversation: Conversation, { pi, at, command, request }: OwnTurn): WorkerEvent[] {
  if (conversation.turn) {
    const message = `${command} has to wait for the end of the running turn.`;
    return [{ type: 'error', data: { code: 'SESSION_BUSY', message } }];
  }
  const turn = beginTurn(conversation, { inputIds: [], at });
  turn.started = true;
  pi.ask(request, { for: 'own-turn', turn: turn.number, command, type: request.type });
  return [{ type: 'turn.started', data: { input_ids: [] } }];
}

type OwnReply = {
  purpose: Extract<Purpose, { for: 'own-turn' }>;
  reply: Reply;
  pi: RequestChannel;
  at: number;
};

/** Pi has done the work, or not. A new conversation has yet to say who it is. */
export function ownTurnReplied(
  conversation: Conversation,
  { purpose, reply, pi, at }: OwnReply,
): readonly WorkerEvent[] {
  const { turn } = conversation;
  const { command, type } = purpose;
  if (turn?.number !== purpose.turn) return [];
  if ('failure' in reply) {
    // A notice said so already.
    if (isNothingToDo.test(reply.failure)) return endTurn(conversation, { at });
    const error = { code: 'INTERNAL_ERROR', message: reply.failure, details: { command } } as const;
    return endTurn(conversation, turn.interrupted ? { interrupted: true, at } : { error, at });
  }
  if (type !== 'new_session') return endTurn(conversation, { at });
  pi.ask({ type: 'get_state' }, { for: 'new-session' });
  return [];
}

/** The id of the new conversation, and the end of the turn that began it. */
export function newSessionReplied(
  conversation: Conversation,
  { reply, at }: { reply: Reply; at: number },
): WorkerEvent[] {
  const old = conversation.sessionId;
  const { sessionId } = toState('value' in reply ? reply.value : {});
  conversation.sessionId = sessionId ?? old;
  const [reason, message]: [NoticeReason, string] =
    conversation.sessionId === old
      ? ['new_conversation_prevented', 'An extension of Pi prevented the new conversation.']
      : ['new_conversation', 'A new conversation: the agent forgot what was said before.'];
  return [
    ...tellSession(conversation),
    ...notice({ kind: 'info', message, details: { reason } }),
    ...endTurn(conversation, { at }),
  ];
}
