import { toPointWord } from '../../ground/conversation-point.ts';
import { toFailure } from '../opencode/failure.ts';
import type { OpenCodeError } from '../opencode/tool-state.ts';
import { contextTokens, toStopReason, toTurnStats } from '../opencode/turn-figures.ts';
import type { WorkerEvent } from '../worker.ts';
import { beginTurn, type Conversation, lastAnswer } from './conversation.ts';
import type { EventOf, MessageInfo } from './messages.ts';
import { endBlocks, failOpenCalls } from './translate-part.ts';

/** A message appeared or changed. Only those of agents are told; a prompt is known already. */
export function translateMessage(conversation: Conversation, info: MessageInfo): WorkerEvent[] {
  const { answers, children, sessionId, turn } = conversation;
  const isMain = info.sessionID === sessionId;
  if (!isMain && !children.has(info.sessionID)) return [];
  if (info.role !== 'assistant') {
    if (isMain && turn && info.id >= turn.since) turn.startedAt ??= info.time.created ?? null;
    return [];
  }
  const events = isMain ? takeSteered(conversation, info) : [];
  const current = conversation.turn;
  // NOTE: ids are made of the time, so what is older than the prompt is the late news of an earlier turn.
  if (!current || info.id < current.since) return events;
  const known = answers.get(info.id);
  const completed = typeof info.time.completed === 'number';
  // What was fetched to fill a gap may be older than what came meanwhile.
  if (known?.completed && !completed) return events;
  answers.set(info.id, {
    sessionId: info.sessionID,
    completed,
    shown: info.summary !== true,
    finish: info.finish ?? null,
    error: info.error ?? undefined,
    tokens: info.tokens ?? undefined,
    cost: info.cost ?? null,
  });
  if (!isMain) return events;
  current.started = true;
  if (!known && !completed) current.idle = false;
  if (info.time.completed) current.endedAt = info.time.completed;
  if (info.error?.name === 'MessageAbortedError') current.aborted = true;
  if (info.providerID && info.modelID) conversation.model = `${info.providerID}/${info.modelID}`;
  const used = info.tokens ? contextTokens(info.tokens) : 0;
  if (used > 0 && info.summary !== true) conversation.contextTokens = used;
  return events;
}

/** The server took up a prompt that was sent into the running turn, or that came too late for it. */
function takeSteered(conversation: Conversation, { parentID, id }: MessageInfo): WorkerEvent[] {
  const { steered, turn } = conversation;
  const inputId = parentID ? steered.get(parentID) : undefined;
  if (inputId === undefined || !parentID || id < parentID) return [];
  steered.delete(parentID);
  if (turn) {
    turn.inputIds.add(inputId);
    return [{ type: 'input.taken', data: { input_id: inputId } }];
  }
  beginTurn(conversation, { since: parentID, inputIds: new Set([inputId]) });
  return [{ type: 'turn.started', data: { input_ids: [inputId] } }];
}

/** NOTE: busy is said anew at every step; retry is an error of the model that is tried again. */
export function translateStatus(
  { turn }: Conversation,
  status: EventOf<'session.status'>['properties']['status'],
): WorkerEvent[] {
  if (!turn || status.type === 'idle') return [];
  turn.started = true;
  turn.idle = false;
  if (status.type !== 'retry') return [];
  const { attempt, message: said, next } = status;
  const details = { attempt, error: said, retry_at: next ? new Date(next).toISOString() : null };
  const message = `The model API failed (${said}); trying again (attempt ${attempt}).`;
  return [{ type: 'worker.notice', data: { kind: 'retry', message, details } }];
}

export function translateIdle(conversation: Conversation): WorkerEvent[] {
  const { turn } = conversation;
  if (!turn?.started) return [];
  turn.idle = true;
  return lastAnswer(conversation)?.completed ? finishTurn(conversation) : [];
}

/** NOTE: an error does not end the turn: a full context is followed by a compaction, an abort by its last words. */
export function translateError(
  { turn }: Conversation,
  error: OpenCodeError | null | undefined,
): WorkerEvent[] {
  if (!turn || !error) return [];
  if (error.name === 'MessageAbortedError') turn.aborted = true;
  else turn.error ??= error;
  return [];
}

/** How long the end of the turn may be waited for: not at all, a moment for the second idle, or for lost words. */
export function awaitedEnd(conversation: Conversation): 'none' | 'soon' | 'late' {
  if (!conversation.turn?.idle) return 'none';
  const last = lastAnswer(conversation);
  const isOver = last ? last.completed : conversation.turn.error !== undefined;
  return isOver ? 'soon' : 'late';
}

/** A turn that ended without a word, while nobody could hear why, has failed. */
export function noteSilence(conversation: Conversation): void {
  const { turn } = conversation;
  if (!turn || lastAnswer(conversation)) return;
  const message = 'OpenCode ended the turn without an answer, and did not say why';
  turn.error ??= { name: 'UnknownError', data: { message } };
}

/** The end of a turn: what is open is closed, then the error if there is one, then `done`. */
export function finishTurn(conversation: Conversation): WorkerEvent[] {
  const { turn, answers, model, windows } = conversation;
  if (!turn) return [];
  const last = lastAnswer(conversation);
  const interrupted = turn.aborted || (turn.interrupting && !last?.finish);
  // What went wrong on the way and was mended is no failure.
  const error = last?.completed && last.finish && !last.error ? undefined : (last?.error ?? turn.error);
  const failed = error !== undefined && !interrupted;
  const events: WorkerEvent[] = [
    ...endBlocks(conversation),
    ...failOpenCalls(conversation),
    ...withdrawAsks(conversation),
    ...(failed ? [{ type: 'error' as const, data: toFailure(error, model) }] : []),
  ];
  const window = windows.get(model ?? '');
  const used = conversation.contextTokens;
  const since = (time: number | null) =>
    time === null || turn.startedAt === null ? null : Math.max(0, time - turn.startedAt);
  const stats = toTurnStats({
    usages: [...answers.values()].flatMap(({ tokens, cost }) => (tokens ? [{ tokens, cost }] : [])),
    durationMs: since(turn.endedAt),
    firstTokenMs: since(turn.firstTokenAt),
    toolCalls: turn.toolCalls,
    model,
    contextPercent: used === null || !window ? null : Math.round((used / window) * 1_000) / 10,
    stopReason: interrupted ? 'interrupted' : failed ? 'error' : toStopReason(last?.finish),
  });
  const point = toPoint(conversation);
  conversation.turn = undefined;
  for (const kept of [answers, conversation.blocks, conversation.calls, conversation.refused]) kept.clear();
  const data = { success: !failed && !interrupted, stats, input_ids: [...turn.inputIds], ...point };
  return [...events, { type: 'done', data }];
}

/** Where the conversation stands now; nothing after a turn without an answer. */
function toPoint({ sessionId, answers }: Conversation): { point?: string } {
  const [last] = [...answers].findLast(([, answer]) => answer.sessionId === sessionId) ?? [];
  if (sessionId === undefined || last === undefined) return {};
  return { point: toPointWord({ conversation: sessionId, last }) };
}

function withdrawAsks({ asks }: Conversation): WorkerEvent[] {
  const ids = [...asks.keys()];
  asks.clear();
  return ids.map((id) => ({ type: 'interaction.withdrawn', data: { id } }));
}
