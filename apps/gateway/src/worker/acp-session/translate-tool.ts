import type { WorkerEvent } from '../worker.ts';
import type { Conversation, OpenCall } from './conversation.ts';
import type { ToolCall } from './messages.ts';
import { toStoppedResult, toToolResult } from './tool-result.ts';
import { toDiff, toLocations, toStatus, toToolView } from './tool-view.ts';

/** A tool call and what becomes of it. */
export function translateToolCall(conversation: Conversation, update: ToolCall): WorkerEvent[] {
  const { calls } = conversation;
  const id = update.toolCallId;
  const known = calls.get(id);
  const others = known ? tellHeld(conversation, id) : tellHeld(conversation);
  const call: OpenCall = known ? merge(known, update) : { ...update, told: false };
  calls.set(id, call);
  const events = [...others];
  if (!call.told) {
    if (isHeld(call, update)) return events;
    events.push(...tell(conversation, call));
  } else events.push(...toUpdate(call, update));
  if (call.status !== 'completed' && call.status !== 'failed') return events;
  calls.delete(id);
  return [...events, toToolResult(conversation, call)];
}

/** A call that is about to be asked for, told with all that the question says of it. */
export function tellCall(conversation: Conversation, asked: ToolCall): WorkerEvent[] {
  const known = conversation.calls.get(asked.toolCallId);
  const call = known ? merge(known, { ...asked, status: known.status }) : { ...asked, told: false };
  conversation.calls.set(asked.toolCallId, call);
  return [
    ...tellHeld(conversation, asked.toolCallId),
    ...(call.told ? toUpdate(call, { ...asked, status: null }) : tell(conversation, call)),
  ];
}

/** What clients are told of calls whose input has been growing, because something else happens now. */
export function tellHeld(conversation: Conversation, except?: string): WorkerEvent[] {
  const held = [...conversation.calls.values()].filter(
    ({ told, toolCallId }) => !told && toolCallId !== except,
  );
  return held.flatMap((call) => tell(conversation, call));
}

/** Every open call gets its result when the turn ends without one. */
export function closeCalls(conversation: Conversation): WorkerEvent[] {
  const held = tellHeld(conversation);
  const results = [...conversation.calls.values()].map((call) => toStoppedResult(conversation, call));
  conversation.calls.clear();
  return [...held, ...results];
}

/**
 * NOTE: claude-agent-acp announces a call with an empty input and sends the input in pieces, each longer than the one
 * before. A call that began so is told once the agent goes on to something else.
 */
function isHeld(call: OpenCall, update: ToolCall): boolean {
  const { rawInput, status } = call;
  const pending = status === undefined || status === null || status === 'pending';
  const isFirst = call.toolCallId === update.toolCallId && isEmpty(update.rawInput);
  const grows = update.rawInput !== undefined && update._meta?.claudeCode !== undefined;
  return pending && typeof rawInput === 'object' && rawInput !== null && (isFirst || grows);
}

function isEmpty(input: unknown): boolean {
  return typeof input === 'object' && input !== null && Object.keys(input).length === 0;
}

function tell(conversation: Conversation, call: OpenCall): WorkerEvent[] {
  call.told = true;
  if (conversation.turn) conversation.turn.toolCalls += 1;
  return [{ type: 'tool_call', data: toToolView(call) }];
}

/** What an update adds to a call that clients know. */
function toUpdate(call: OpenCall, update: ToolCall): WorkerEvent[] {
  const done = call.status === 'completed' || call.status === 'failed';
  const data = {
    ...(update.title ? { title: update.title } : {}),
    ...(update.status && !done ? { status: toStatus(update.status) } : {}),
    ...(update.locations?.length ? { locations: toLocations(update) } : {}),
    ...(toDiff(update) ? { diff: toDiff(update) } : {}),
  };
  if (Object.keys(data).length === 0) return [];
  return [{ type: 'tool_update', data: { id: call.toolCallId, ...data } }];
}

function merge(known: OpenCall, update: ToolCall): OpenCall {
  const said = Object.entries(update).filter(([, value]) => value !== undefined && value !== null);
  const content = update.content?.length ? update.content : known.content;
  return { ...known, ...Object.fromEntries(said), content, told: known.told } as OpenCall;
}
