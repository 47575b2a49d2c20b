import type { WorkerEvent } from '../worker.ts';
import type { AssistantMessage, UserMessage } from './content.ts';
import type { Conversation, MessageStream } from './conversation.ts';
import type { RecordOf } from './messages.ts';
import { contextTokens, spend } from './stats.ts';

/** A message begins: of the agent, or of the user, whom the agent reads only now. */
export function translateMessageStart(
  conversation: Conversation,
  { message }: RecordOf<'message_start'>,
): WorkerEvent[] {
  if (message.role === 'user') return readPrompt(conversation, message);
  if (message.role !== 'assistant') return [];
  const left = endMessage(conversation);
  startStream(conversation);
  return left;
}

/** A piece of the message that is being streamed. */
export function translateMessageUpdate(
  conversation: Conversation,
  { assistantMessageEvent: change }: RecordOf<'message_update'>,
  at: number,
): WorkerEvent[] {
  if (change.type === 'other') return [];
  const stream = conversation.stream ?? startStream(conversation);
  if (change.type === 'text_end') return endBlock(stream, change.contentIndex);
  if (change.delta === '') return [];
  if (conversation.turn) conversation.turn.firstTokenAt ??= at;
  const { contentIndex, delta } = change;
  if (change.type === 'thinking_delta') {
    stream.blocks.set(contentIndex, { kind: 'reasoning', open: false });
    return [{ type: 'reasoning', data: { id: blockId(stream, contentIndex), content: delta } }];
  }
  const id = blockId(stream, contentIndex);
  const piece: WorkerEvent = { type: 'message.delta', data: { message_id: id, content: delta } };
  if (stream.blocks.get(contentIndex)?.open) return [piece];
  stream.blocks.set(contentIndex, { kind: 'text', open: true });
  return [{ type: 'message.start', data: { id, role: 'assistant', content_type: 'text' } }, piece];
}

/** A message is complete: its text is closed, what was not streamed is told, and its tokens are counted. */
export function translateMessageEnd(
  conversation: Conversation,
  { message }: RecordOf<'message_end'>,
): WorkerEvent[] {
  if (message.role !== 'assistant') return [];
  const stream = conversation.stream ?? startStream(conversation);
  const whole = message.content.flatMap((block, index): WorkerEvent[] => {
    const id = blockId(stream, index);
    if (stream.blocks.has(index)) return [];
    if (block.type === 'thinking' && block.thinking !== '') {
      return [{ type: 'reasoning', data: { id, content: block.thinking } }];
    }
    if (block.type !== 'text' || block.text === '') return [];
    stream.blocks.set(index, { kind: 'text', open: false });
    const data = { id, role: 'assistant', content: block.text, content_type: 'text' };
    return [{ type: 'message', data }];
  });
  const events = [...endMessage(conversation), ...whole];
  noteMessage(conversation, message, stream);
  conversation.stream = undefined;
  return events;
}

/** Ends the text that is still open, whoever left it so. */
export function endMessage({ stream }: Conversation): WorkerEvent[] {
  return stream ? [...stream.blocks.keys()].flatMap((index) => endBlock(stream, index)) : [];
}

/** The prompt of the turn, or one that was steered into it. */
function readPrompt({ turn, steered }: Conversation, message: UserMessage): WorkerEvent[] {
  if (!turn) return [];
  const own = !turn.promptRead;
  turn.promptRead = true;
  if (own) return [];
  const words = textOf(message);
  // NOTE: a template or an extension may have changed the words; the order is kept.
  const same = steered.findIndex(({ content }) => content === words);
  const [read] = steered.splice(Math.max(same, 0), 1);
  if (!read || turn.inputIds.has(read.input.inputId)) return [];
  turn.inputIds.add(read.input.inputId);
  return [{ type: 'input.taken', data: { input_id: read.input.inputId } }];
}

function textOf({ content }: UserMessage): string {
  if (typeof content === 'string') return content;
  return content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
}

function noteMessage({ turn }: Conversation, message: AssistantMessage, stream: MessageStream): void {
  if (!turn) return;
  const { provider, model, usage, stopReason, errorMessage } = message;
  if (provider && model) turn.model = `${provider}/${model}`;
  turn.requests += 1;
  spend(turn, usage);
  turn.stopReason = stopReason ?? null;
  turn.failure = stopReason === 'error' ? (errorMessage ?? 'the model failed without a reason') : undefined;
  if (!turn.failure && stopReason !== 'aborted') turn.contextTokens = contextTokens(usage);
  const texts = [...stream.blocks].filter(([, { kind }]) => kind === 'text');
  turn.lastBlocks = texts.map(([index]) => blockId(stream, index));
}

function startStream(conversation: Conversation): MessageStream {
  conversation.messages += 1;
  const stream: MessageStream = {
    id: `${conversation.prefix}.${conversation.messages}`,
    blocks: new Map(),
  };
  conversation.stream = stream;
  return stream;
}

function endBlock(stream: MessageStream, index: number): WorkerEvent[] {
  const block = stream.blocks.get(index);
  if (!block?.open) return [];
  block.open = false;
  return [{ type: 'message.end', data: { message_id: blockId(stream, index) } }];
}

function blockId({ id }: MessageStream, index: number): string {
  return `${id}:${index}`;
}
