import type { WorkerEvent } from '../worker.ts';
import { beginTurn, type Conversation, type Turn } from './conversation.ts';
import { type Failure, toFailure } from './failure.ts';
import type { RecordOf } from './messages.ts';
import { toTurnStats } from './stats.ts';
import { endMessage } from './translate-message.ts';
import { withdrawAsks } from './translate-tool.ts';

/** Pi goes to work: on a prompt, on its own account (an extension's), or once more after a failed request. */
export function translateStart(conversation: Conversation, at: number): WorkerEvent[] {
  const events: WorkerEvent[] = [];
  if (!conversation.turn) {
    beginTurn(conversation, { inputIds: [], at });
    events.push({ type: 'turn.started', data: { input_ids: [] } });
  }
  if (conversation.turn) conversation.turn.started = true;
  // Only now: a conversation in which nothing was said is not stored and cannot be resumed.
  return [...tellSession(conversation), ...events];
}

/** Tells the id of the conversation if it is another one than told last. */
export function tellSession(conversation: Conversation): WorkerEvent[] {
  const { sessionId: id, toldSessionId } = conversation;
  if (id === undefined || id === toldSessionId) return [];
  conversation.toldSessionId = id;
  return [{ type: 'worker.session', data: { id } }];
}

/** Pi is done and will not go on by itself: retries, compaction and queued prompts included. */
export function translateSettled(
  conversation: Conversation,
  { aborted }: RecordOf<'agent_settled'>,
  at: number,
): WorkerEvent[] {
  const { turn } = conversation;
  if (!turn?.started) return [];
  const cutShort = turn.interrupted && (turn.stopReason === null || turn.failure !== undefined);
  if (aborted || turn.stopReason === 'aborted' || cutShort) {
    return endTurn(conversation, { interrupted: true, at });
  }
  const error = turn.failure === undefined ? undefined : toFailure(turn.failure, turn.model);
  return endTurn(conversation, { error, at });
}

type Ending = { at: number; interrupted?: boolean; error?: Failure };

/** The end of a turn: what is open is closed, then the error if there is one, then `done`. */
export function endTurn(
  conversation: Conversation,
  { at, interrupted = false, error }: Ending,
): WorkerEvent[] {
  const { turn } = conversation;
  if (!turn) return [];
  turn.stopReason = interrupted ? 'interrupted' : error ? 'error' : toStopReason(turn);
  const events: WorkerEvent[] = [
    ...endMessage(conversation),
    ...failOpenCalls(conversation),
    ...withdrawAsks(conversation),
  ];
  if (error) events.push({ type: 'error', data: error });
  const stats = toTurnStats(conversation, { turn, at });
  const input_ids = [...turn.inputIds];
  conversation.turn = undefined;
  conversation.stream = undefined;
  return [...events, { type: 'done', data: { success: !interrupted && !error, stats, input_ids } }];
}

/** A call that the turn's end cut off gets no result any more. */
function failOpenCalls({ calls }: Conversation): WorkerEvent[] {
  const cut = [...calls.keys()];
  calls.clear();
  return cut.map((id) => ({ type: 'tool_update', data: { id, status: 'failed' } }));
}

/** In the words of the Messages API, which other agents use too. */
const stopReasons: Readonly<Record<string, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  toolUse: 'tool_use',
};

function toStopReason({ stopReason }: Turn): string | null {
  return stopReason === null ? null : (stopReasons[stopReason] ?? stopReason);
}
