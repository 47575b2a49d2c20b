import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import type { UpdateOf } from './messages.ts';

type Chunk = UpdateOf<'agent_message_chunk'> | UpdateOf<'agent_thought_chunk'>;

/**
 * Streamed text and thinking. Chunks of one block share a message id; where the agent gives none, a block lasts until
 * something else is said.
 */
export function translateChunk(conversation: Conversation, chunk: Chunk, at: number): WorkerEvent[] {
  const { type, text } = chunk.content;
  if (type !== 'text') return [{ type: 'raw', data: { kind: `acp.content/${type}`, raw: null } }];
  if (!text) return [];
  const { turn } = conversation;
  if (turn) turn.firstWordAt ??= at;
  const kind = chunk.sessionUpdate === 'agent_message_chunk' ? 'text' : 'reasoning';
  const messageId = chunk.messageId ?? undefined;
  const { block } = conversation;
  if (block?.kind === kind && block.messageId === messageId) return say(block, text);
  const ended = closeBlock(conversation);
  conversation.blocks += 1;
  const next = { id: `${messageId ?? 'block'}:${conversation.blocks}`, kind, messageId } as const;
  conversation.block = next;
  if (kind === 'reasoning') return [...ended, ...say(next, text)];
  const start = { id: next.id, role: 'assistant', content_type: 'text' };
  return [...ended, { type: 'message.start', data: start }, ...say(next, text)];
}

/** Ends the open block, if there is one. */
export function closeBlock(conversation: Conversation): WorkerEvent[] {
  const { block } = conversation;
  conversation.block = undefined;
  return block?.kind === 'text' ? [{ type: 'message.end', data: { message_id: block.id } }] : [];
}

function say(block: NonNullable<Conversation['block']>, content: string): WorkerEvent[] {
  if (block.kind === 'reasoning') return [{ type: 'reasoning', data: { id: block.id, content } }];
  return [{ type: 'message.delta', data: { message_id: block.id, content } }];
}
