import type { InputPart, ServerEnvelope } from '@hotplex/aep-protocol';

/** A message that waits until the running turn is over. */
export type QueuedInput = { id: string; content: string };

/** The queue after one more event of the session: accepted inputs join, everything that becomes of them takes them out. */
export function nextQueue(queue: readonly QueuedInput[], { event }: ServerEnvelope): readonly QueuedInput[] {
  if (event.type === 'input') {
    const { input_id: id, status } = event.data;
    const content = event.data.content || fileNames(event.data.parts);
    const others = queue.filter((input) => input.id !== id);
    return status === 'queued' ? [...others, { id, content }] : others;
  }
  if (event.type === 'input.status') {
    const { input_id: id, content, status } = event.data;
    if (status !== 'queued') return without(queue, id);
    return queue.map((input) => (input.id === id && content !== undefined ? { id, content } : input));
  }
  return queue;
}

/** What stands for a message that is files alone. */
function fileNames(parts: readonly InputPart[] = []): string {
  return parts.flatMap((part) => ('name' in part && part.name !== undefined ? [part.name] : [])).join(', ');
}

function without(queue: readonly QueuedInput[], id: string): readonly QueuedInput[] {
  return queue.some((input) => input.id === id) ? queue.filter((input) => input.id !== id) : queue;
}
