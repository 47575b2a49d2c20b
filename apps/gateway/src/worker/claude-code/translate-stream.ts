import type { WorkerEvent } from '../worker.ts';
import type { ApiUsage, StreamEvent } from './content.ts';
import type { Conversation, MessageStream } from './conversation.ts';
import type { RecordOf } from './messages.ts';

/** Streamed text and thinking. A block is announced with its first words: some blocks never say any. */
export function translateStream(conversation: Conversation, record: RecordOf<'stream_event'>): WorkerEvent[] {
  const { event } = record;
  const parentId = record.parent_tool_use_id ?? undefined;
  if (event.type === 'message_start') return startMessage(conversation, event, parentId);
  const stream = conversation.streams.get(parentId ?? '');
  if (!stream) return [];
  switch (event.type) {
    case 'content_block_delta':
      if (event.delta.type === 'text_delta') return text(stream, event.index, event.delta.text);
      if (event.delta.type === 'thinking_delta') return thinking(stream, event.index, event.delta.thinking);
      return [];
    case 'content_block_stop':
      return endBlock(stream, event.index);
    case 'message_delta':
      if (!parentId) noteContext(conversation, event.usage);
      return [];
    case 'message_stop': {
      stream.complete = true;
      const from = record.abandoned_blocks?.from_block_index;
      return from === undefined ? endMessage(stream) : retract(stream, from);
    }
    default:
      return [];
  }
}

/** Ends every text block that is still open, whoever left it so. */
export function endStreams(conversation: Conversation): WorkerEvent[] {
  return [...conversation.streams.values()].flatMap(endMessage);
}

/** What the last request of the main agent sent and received is what its context holds. */
export function noteContext({ turn }: Conversation, usage: ApiUsage | null | undefined): void {
  if (!turn || !usage) return;
  const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens, output_tokens } = usage;
  turn.contextTokens = [input_tokens, cache_read_input_tokens, cache_creation_input_tokens, output_tokens]
    .map((tokens) => tokens ?? 0)
    .reduce((sum, tokens) => sum + tokens, 0);
}

function startMessage(
  conversation: Conversation,
  { message }: Extract<StreamEvent, { type: 'message_start' }>,
  parentId: string | undefined,
): WorkerEvent[] {
  const { streams, turn } = conversation;
  const previous = streams.get(parentId ?? '');
  streams.set(parentId ?? '', { messageId: message.id, parentId, blocks: new Map(), complete: false });
  if (!parentId && turn) {
    turn.model = message.model ?? turn.model;
    noteContext(conversation, message.usage);
  }
  // A stream that broke is asked for again: what it had said is said anew.
  return previous && !previous.complete ? retract(previous, 0) : [];
}

function text(stream: MessageStream, index: number, content: string): WorkerEvent[] {
  if (content === '') return [];
  const id = `${stream.messageId}:${index}`;
  const parent_id = stream.parentId;
  const delta: WorkerEvent = { type: 'message.delta', data: { message_id: id, content, parent_id } };
  if (stream.blocks.has(index)) return [delta];
  stream.blocks.set(index, { id, kind: 'text', open: true });
  return [{ type: 'message.start', data: { id, role: 'assistant', content_type: 'text', parent_id } }, delta];
}

function thinking(stream: MessageStream, index: number, content: string): WorkerEvent[] {
  if (content === '') return [];
  const id = `${stream.messageId}:${index}`;
  stream.blocks.set(index, { id, kind: 'reasoning', open: false });
  return [{ type: 'reasoning', data: { id, content, parent_id: stream.parentId } }];
}

function endBlock(stream: MessageStream, index: number): WorkerEvent[] {
  const block = stream.blocks.get(index);
  if (!block?.open) return [];
  block.open = false;
  return [{ type: 'message.end', data: { message_id: block.id, parent_id: stream.parentId } }];
}

function endMessage(stream: MessageStream): WorkerEvent[] {
  return [...stream.blocks.keys()].flatMap((index) => endBlock(stream, index));
}

function retract(stream: MessageStream, from: number): WorkerEvent[] {
  const ended = endMessage(stream);
  const voided = [...stream.blocks].filter(([index, { kind }]) => index >= from && kind === 'text');
  if (voided.length === 0) return ended;
  const message_ids = voided.map(([, { id }]) => id);
  return [...ended, { type: 'message.retract', data: { message_ids, reason: 'the answer begins anew' } }];
}
