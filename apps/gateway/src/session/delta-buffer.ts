import type { LoggedEvent } from '@hotplex/aep-protocol';

/** An event on its way into the log, with the turn it belongs to. */
export type Pending = { event: LoggedEvent; turnId: string | null };

/**
 * Joins adjacent pieces of one block that arrived in the same read, before they are numbered: nothing is dropped, no
 * time is added, and what is stored is what was sent (rule B1).
 */
export function mergeDeltas(pending: readonly Pending[]): Pending[] {
  const merged: Pending[] = [];
  for (const item of pending) {
    const joined = join(merged.at(-1), item);
    if (joined) merged[merged.length - 1] = joined;
    else merged.push(item);
  }
  return merged;
}

function join(previous: Pending | undefined, next: Pending): Pending | undefined {
  if (!previous || previous.turnId !== next.turnId) return undefined;
  const [a, b] = [previous.event, next.event];
  if (a.type === 'message.delta' && b.type === 'message.delta' && a.data.message_id === b.data.message_id) {
    return {
      ...previous,
      event: { type: a.type, data: { ...a.data, content: a.data.content + b.data.content } },
    };
  }
  if (a.type === 'reasoning' && b.type === 'reasoning' && a.data.id === b.data.id) {
    return {
      ...previous,
      event: { type: a.type, data: { ...a.data, content: a.data.content + b.data.content } },
    };
  }
  return undefined;
}
