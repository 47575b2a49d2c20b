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

function merge(last: AepChunk, next: AepChunk): AepChunk | undefined {
  if (
    (last.type === 'text-delta' && next.type === 'text-delta' && last.id === next.id) ||
    (last.type === 'reasoning-delta' && next.type === 'reasoning-delta' && last.id === next.id)
  ) {
    return { ...last, delta: last.delta + next.delta };
  }
  if (last.type === 'tool-output-available' && last.preliminary && 'toolCallId' in next) {
    const isNewer = next.type === 'tool-output-available' || next.type === 'tool-output-error';
    return isNewer && last.toolCallId === next.toolCallId ? next : undefined;
  }
  if ('data' in last && 'data' in next && last.type === next.type && last.id === next.id) return next;
  return undefined;
}
