import { toolCall, toolResult } from '../opencode/tool-events.ts';
import type { ToolPart } from '../opencode/tool-state.ts';
import type { WorkerEvent } from '../worker.ts';
import type { BlockState, CallState, Conversation } from './conversation.ts';
import type { EventOf, Part, TextPart } from './messages.ts';

/** A piece of a message as it stands now. Told is only what was not told before, so the same piece may come again. */
export function translatePart(conversation: Conversation, part: Part): WorkerEvent[] {
  const { answers, turn, sessionId } = conversation;
  if (part.type === 'compaction') {
    if (part.sessionID !== sessionId || !turn || part.messageID < turn.since) return [];
    const message = 'The conversation is being summarised.';
    return [{ type: 'worker.notice', data: { kind: 'compaction', message } }];
  }
  // The prompt's own parts, and those of summaries, are not the agent's words.
  if (!turn || !answers.get(part.messageID)?.shown || part.type === 'other') return [];
  if (part.type === 'tool') return translateTool(conversation, part);
  return translateText(conversation, part);
}

/** More words of a block. NOTE: what kind of block it is was said by the part alone. */
export function translateDelta(
  conversation: Conversation,
  { partID, delta }: EventOf<'message.part.delta'>['properties'],
): WorkerEvent[] {
  const block = conversation.blocks.get(partID);
  if (!block || block.lossy || block.phase === 'ended') return [];
  return tell(block, partID, delta);
}

/** An attempt of the model that failed is taken back before it is made anew. */
export function translateRemoval(conversation: Conversation, id: string): WorkerEvent[] {
  const block = conversation.blocks.get(id);
  if (!block) return [];
  conversation.blocks.delete(id);
  if (block.kind !== 'text' || block.phase === 'silent') return [];
  const reason = 'the answer begins anew';
  return [...end(block, id), { type: 'message.retract', data: { message_ids: [id], reason } }];
}

/** Ends every text block that is still open, whoever left it so. */
export function endBlocks({ blocks }: Conversation): WorkerEvent[] {
  return [...blocks].flatMap(([id, block]) => end(block, id));
}

/** A call that the turn's end cut off gets no result any more. */
export function failOpenCalls({ calls }: Conversation): WorkerEvent[] {
  const told = [...calls].filter(([, call]) => call.told);
  return told.map(([id, { parentId }]) => ({
    type: 'tool_update',
    data: { id, status: 'failed', parent_id: parentId },
  }));
}

/** After a gap in the stream: pieces of these blocks may be missing, so only whole texts count from now on. */
export function distrustOpenBlocks({ blocks }: Conversation): void {
  for (const block of blocks.values()) block.lossy = true;
}

function translateText(conversation: Conversation, part: TextPart): WorkerEvent[] {
  const { blocks, turn, children, sessionId } = conversation;
  const known = blocks.get(part.id);
  const block: BlockState = known ?? {
    kind: part.type,
    parentId: children.get(part.sessionID),
    told: 0,
    phase: 'silent',
    lossy: false,
  };
  blocks.set(part.id, block);
  if (turn && part.sessionID === sessionId) turn.firstTokenAt ??= part.time?.start ?? null;
  if (block.phase === 'ended') return [];
  const missing = part.text.slice(block.told);
  return [...tell(block, part.id, missing), ...(part.time?.end ? end(block, part.id) : [])];
}

function tell(block: BlockState, id: string, content: string): WorkerEvent[] {
  if (content === '') return [];
  block.told += content.length;
  const parent_id = block.parentId;
  const isFirst = block.phase === 'silent';
  block.phase = 'open';
  if (block.kind === 'reasoning') return [{ type: 'reasoning', data: { id, content, parent_id } }];
  const delta: WorkerEvent = { type: 'message.delta', data: { message_id: id, content, parent_id } };
  if (!isFirst) return [delta];
  return [{ type: 'message.start', data: { id, role: 'assistant', content_type: 'text', parent_id } }, delta];
}

function end(block: BlockState, id: string): WorkerEvent[] {
  const wasOpen = block.phase === 'open';
  block.phase = 'ended';
  if (!wasOpen || block.kind === 'reasoning') return [];
  return [{ type: 'message.end', data: { message_id: id, parent_id: block.parentId } }];
}

function translateTool(conversation: Conversation, part: ToolPart): WorkerEvent[] {
  const { calls, turn, children, refused } = conversation;
  const { callID: id, state } = part;
  const parentId = children.get(part.sessionID);
  const known = calls.get(id);
  if (!known && conversation.blocks.has(part.id)) return [];
  const call: CallState = known ?? {
    ...{ partId: part.id, name: part.tool, parentId, input: {}, told: false, output: 0 },
  };
  calls.set(id, call);
  if (state.status === 'pending') return [];
  call.input = state.input;
  const events: WorkerEvent[] = [];
  if (!call.told) {
    call.told = true;
    if (turn) turn.toolCalls += 1;
    events.push(toolCall(part, { workDir: conversation.workDir, parentId }));
  }
  if (state.status === 'running') return [...events, ...progress(conversation, { id, call, part })];
  calls.delete(id);
  // NOTE: remembered as a block that has ended, so that a repetition is not told again.
  conversation.blocks.set(part.id, {
    ...{ kind: 'reasoning', parentId, told: 0, phase: 'ended', lossy: false },
  });
  return [
    ...events,
    ...endStep(conversation, { id, state }),
    toolResult({ id, tool: part.tool, state, parentId, denied: refused.has(id) }),
  ];
}

type Running = { id: string; call: CallState; part: ToolPart };

/** What a running tool has written since, and the sub-agent it started. */
function progress({ children }: Conversation, { id, call, part }: Running): WorkerEvent[] {
  if (part.state.status !== 'running') return [];
  const { metadata } = part.state;
  const child = metadata?.sessionId;
  if (call.name === 'task' && typeof child === 'string' && !children.has(child)) {
    children.set(child, id);
    const { description, prompt, subagent_type } = call.input;
    const name = typeof description === 'string' ? description : undefined;
    const input = { prompt, subagent_type };
    const data = { id: child, step_type: 'subagent', name, input, status: 'running', parent_id: id };
    return [{ type: 'step', data }];
  }
  const output = metadata?.output;
  if (typeof output !== 'string' || output.length <= call.output) return [];
  const output_delta = output.slice(call.output);
  call.output = output.length;
  return [{ type: 'tool_update', data: { id, output_delta, parent_id: call.parentId } }];
}

function endStep(
  { children }: Conversation,
  { id, state }: { id: string; state: Extract<ToolPart['state'], { status: 'completed' | 'error' }> },
): WorkerEvent[] {
  const child = [...children].find(([, callId]) => callId === id)?.[0];
  if (child === undefined) return [];
  const { start, end: stop } = state.time ?? {};
  const data = {
    id: child,
    step_type: 'subagent',
    status: state.status === 'completed' ? 'completed' : 'failed',
    parent_id: id,
    duration: start && stop ? Math.round(stop - start) : undefined,
  };
  return [{ type: 'step', data }];
}
