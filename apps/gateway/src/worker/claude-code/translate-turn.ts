import { toPointWord } from '../../ground/conversation-point.ts';
import { unknownStats } from '../../ground/unknown-stats.ts';
import type { WorkerEvent } from '../worker.ts';
import { type Conversation, newTurn } from './conversation.ts';
import { toFailure } from './failure.ts';
import type { RecordOf } from './messages.ts';
import { toTurnStats } from './stats.ts';
import type { SystemOf } from './system-records.ts';
import { endStreams } from './translate-stream.ts';

/** `system/init` stands at the start of every turn, also of those that nobody asked for. */
export function translateInit(conversation: Conversation, record: SystemOf<'init'>): WorkerEvent[] {
  const events: WorkerEvent[] = [];
  if (record.session_id !== conversation.sessionId) {
    conversation.sessionId = record.session_id;
    conversation.lastSaid = undefined;
    events.push({ type: 'worker.session', data: { id: record.session_id } });
  }
  conversation.model = record.model ?? conversation.model;
  conversation.permissionMode = record.permissionMode ?? conversation.permissionMode;
  const inputIds = toInputIds(conversation, record.user_message_uuids);
  if (conversation.turn) {
    events.push(...inputIds.flatMap((inputId) => take(conversation, inputId)));
  } else {
    conversation.turn = newTurn();
    for (const inputId of inputIds) conversation.turn.inputIds.add(inputId);
    events.push({ type: 'turn.started', data: { input_ids: inputIds } });
  }
  conversation.turn.started = true;
  conversation.turn.model ??= conversation.model;
  return events;
}

/** Acknowledges each prompt: queued, started, completed or cancelled. */
export function translateLifecycle(
  conversation: Conversation,
  { command_uuid, state }: RecordOf<'command_lifecycle'>,
): WorkerEvent[] {
  const { turn, prompts } = conversation;
  const inputId = prompts.get(command_uuid);
  if (inputId === undefined || !turn) return [];
  const isOwn = turn.inputIds.has(inputId);
  if (state === 'started') {
    // NOTE: a steered prompt that came too late starts a turn of its own; then `init` says so.
    if (!isOwn) return turn.started ? take(conversation, inputId) : [];
    turn.started = true;
  }
  if (state === 'cancelled' && isOwn && !turn.started) {
    // Interrupted before it began: there will be no result.
    prompts.delete(command_uuid);
    conversation.turn = undefined;
    const data = { success: false, stats: unknownStats('interrupted'), input_ids: [inputId] };
    return [{ type: 'done', data }];
  }
  return [];
}

/** The end of a turn: what is open is closed, then the error if there is one, then `done`. */
export function translateResult(conversation: Conversation, result: RecordOf<'result'>): WorkerEvent[] {
  const { turn } = conversation;
  // Before any turn there is only the CLI's word that it cannot start; its exit says the same.
  if (!turn?.started) return [];
  const interrupted = result.terminal_reason?.startsWith('aborted') ?? false;
  const events: WorkerEvent[] = [...endStreams(conversation), ...failOpenCalls(conversation)];
  if (result.is_error && !interrupted) {
    events.push({ type: 'error', data: toFailure(conversation, { turn, result }) });
  }
  const saysWhich = result.user_message_uuids || result.origin;
  const input_ids = saysWhich ? toInputIds(conversation, result.user_message_uuids) : undefined;
  for (const uuid of result.user_message_uuids ?? []) conversation.prompts.delete(uuid);
  const stopReason = interrupted ? 'interrupted' : toStopReason(result);
  const stats = toTurnStats(conversation, { turn, result, stopReason });
  conversation.turn = undefined;
  conversation.streams.clear();
  const data = { success: !result.is_error && !interrupted, stats, input_ids, ...toPoint(conversation) };
  return [...events, { type: 'done', data }];
}

/** Where the conversation stands now; nothing if that cannot be told. */
function toPoint({ sessionId, lastSaid }: Conversation): { point?: string } {
  if (sessionId === undefined || lastSaid === undefined) return {};
  return { point: toPointWord({ conversation: sessionId, last: lastSaid }) };
}

function take({ turn }: Conversation, inputId: string): WorkerEvent[] {
  if (!turn || turn.inputIds.has(inputId)) return [];
  turn.inputIds.add(inputId);
  return [{ type: 'input.taken', data: { input_id: inputId } }];
}

function toInputIds({ prompts }: Conversation, uuids: readonly string[] | null | undefined): string[] {
  return (uuids ?? []).flatMap((uuid) => prompts.get(uuid) ?? []);
}

/** A call that the turn's end cut off gets no result any more; those of sub-agents may go on. */
function failOpenCalls({ calls }: Conversation): WorkerEvent[] {
  const cut = [...calls].filter(([, { parentId }]) => parentId === undefined);
  return cut.map(([id]): WorkerEvent => {
    calls.delete(id);
    return { type: 'tool_update', data: { id, status: 'failed' } };
  });
}

/** NOTE: of an API error the CLI says `stop_sequence`, because it wrote the words itself. */
function toStopReason({ subtype, stop_reason, terminal_reason }: RecordOf<'result'>): string | null {
  if (terminal_reason === 'api_error' && stop_reason !== 'refusal') return 'error';
  if (subtype === 'error_max_turns') return 'max_turns';
  if (subtype === 'error_max_budget_usd') return 'max_budget';
  return stop_reason ?? null;
}
