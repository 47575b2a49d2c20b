import type { WorkerEvent } from '../worker.ts';
import { beginTurn, type Conversation } from './conversation.ts';
import type { PiCommand } from './outgoing.ts';
import { toState } from './ready.ts';
import type { RequestChannel } from './request-channel.ts';
import { notice } from './translate-notice.ts';
import { endTurn, tellSession } from './translate-turn.ts';

type OwnTurn = {
  pi: RequestChannel;
  conversation: Conversation;
  /** Milliseconds of the worker's clock. */
  now(): number;
  /** What the client called it. */
  name: string;
  request: PiCommand;
};

/** A conversation that is short enough needs no compaction. */
const isNothingToDo = /^(Nothing to compact|Already compacted)/;

/** Starts work that no prompt may mix with, as a turn without an input. Returns what is to be told now. */
export function runOwnTurn(options: OwnTurn): WorkerEvent[] {
  const { pi, conversation, now, name, request } = options;
  if (conversation.turn) {
    const message = `${name} has to wait for the end of the running turn.`;
    return [{ type: 'error', data: { code: 'SESSION_BUSY', message } }];
  }
  const turn = beginTurn(conversation, { inputIds: [], at: now() });
  turn.started = true;
  pi.request(request, (reply) => {
    if (conversation.turn !== turn) return [];
    if ('failure' in reply) {
      // A notice said so already.
      if (isNothingToDo.test(reply.failure)) return endTurn(conversation, { at: now() });
      const error = { code: 'INTERNAL_ERROR', message: reply.failure, details: { command: name } } as const;
      return endTurn(
        conversation,
        turn.interrupted ? { interrupted: true, at: now() } : { error, at: now() },
      );
    }
    if (request.type === 'new_session') return learnSession(options);
    return endTurn(conversation, { at: now() });
  });
  return [{ type: 'turn.started', data: { input_ids: [] } }];
}

/** After a new conversation was begun: its id, and the end of the turn that began it. */
function learnSession({ pi, conversation, now }: OwnTurn): WorkerEvent[] {
  const old = conversation.sessionId;
  pi.request({ type: 'get_state' }, (reply) => {
    const { sessionId } = toState('value' in reply ? reply.value : {});
    conversation.sessionId = sessionId ?? old;
    const message =
      conversation.sessionId === old
        ? 'An extension of Pi prevented the new conversation.'
        : 'A new conversation: the agent forgot what was said before.';
    return [
      ...tellSession(conversation),
      ...notice({ kind: 'info', message }),
      ...endTurn(conversation, { at: now() }),
    ];
  });
  return [];
}
