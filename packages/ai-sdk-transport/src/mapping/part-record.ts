import type { AepChunk } from '../ui-message.ts';

/** The chunks that make one part as it now stands: shorter than what was sent, the same in effect. */
export type PartRecord = { key: string; chunks: AepChunk[] };

/** Adds a chunk; pieces of one text become one, and a newer preliminary output or datum replaces the older. */
export function appendChunk(chunks: AepChunk[], chunk: AepChunk): void {
  const last = chunks.at(-1);
  const merged = last && merge(last, chunk);
  if (merged) chunks[chunks.length - 1] = merged;
  else chunks.push(chunk);
}

/** The same chunks, in which pieces of one text that follow on each other are one piece. */
export function joinDeltas(chunks: readonly AepChunk[]): AepChunk[] {
  const joined: AepChunk[] = [];
  for (const chunk of chunks) {
    const last = joined.at(-1);
    const delta = last && joinDelta(last, chunk);
    if (delta) joined[joined.length - 1] = delta;
    else joined.push(chunk);
  }
  return joined;
}

function joinDelta(last: AepChunk, next: AepChunk): AepChunk | undefined {
  const isSameText =
    (last.type === 'text-delta' && next.type === 'text-delta' && last.id === next.id) ||
    (last.type === 'reasoning-delta' && next.type === 'reasoning-delta' && last.id === next.id);
  return isSameText ? { ...last, delta: last.delta + next.delta } : undefined;
}

function merge(last: AepChunk, next: AepChunk): AepChunk | undefined {
  const delta = joinDelta(last, next);
  if (delta) return delta;
  if (last.type === 'tool-output-available' && last.preliminary && 'toolCallId' in next) {
    const isNewer = next.type === 'tool-output-available' || next.type === 'tool-output-error';
    return isNewer && last.toolCallId === next.toolCallId ? next : undefined;
  }
  if ('data' in last && 'data' in next && last.type === next.type && last.id === next.id) return next;
  return undefined;
}
