import type { LoggedEvent } from '@hotplex/aep-protocol';

/** An event on its way into the log, with the turn it belongs to. */
export type Pending = { event: LoggedEvent; turnId: string | null };

/**
 * Joins adjacent pieces of one block that arrived in the same read, before they are numbered: nothing is dropped, no
 * time is added, and what is stored is what was sent (rule B1).
 */
export function mergeDeltas(pending: readonly Pending[]): Pending[] {
  const merged: Pending[] = [];
  let end = 0;
  for (let first = pending[end]; first; first = pending[end]) {
    const start = end;
    let content = contentOf(first.event);
    end += 1;
    for (let next = pending[end]; next && areOneBlock(first, next); next = pending[end]) {
      content += contentOf(next.event);
      end += 1;
    }
    merged.push(end === start + 1 ? first : withContent(first, content));
  }
  return merged;
}

function areOneBlock({ event: a, turnId }: Pending, { event: b, turnId: other }: Pending): boolean {
  if (turnId !== other) return false;
  if (a.type === 'message.delta')
    return b.type === 'message.delta' && a.data.message_id === b.data.message_id;
  return a.type === 'reasoning' && b.type === 'reasoning' && a.data.id === b.data.id;
}

function contentOf(event: LoggedEvent): string {
  return event.type === 'message.delta' || event.type === 'reasoning' ? event.data.content : '';
}

function withContent({ event, turnId }: Pending, content: string): Pending {
  if (event.type === 'message.delta')
    return { event: { ...event, data: { ...event.data, content } }, turnId };
  if (event.type === 'reasoning') return { event: { ...event, data: { ...event.data, content } }, turnId };
  return { event, turnId };
}
