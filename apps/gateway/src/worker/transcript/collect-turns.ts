import type { PastTurn } from '../terminal-conversations.ts';
import type { WorkerEvent } from '../worker.ts';

/** What one entry of a transcript says. */
export type Said = {
  /** ISO 8601. */
  timestamp: string | null | undefined;
  /** Of an entry that a person typed. */
  prompt: string | undefined;
  events: readonly WorkerEvent[];
  point?: string | undefined;
};

/** Turns from the entries of a conversation, in order: each begins with a prompt. What stands before the first belongs to none. */
export function collectTurns(entries: Iterable<Said>): PastTurn[] {
  const turns: PastTurn[] = [];
  for (const { timestamp, prompt, events, point } of entries) {
    const at = Date.parse(timestamp ?? '') || (turns.at(-1)?.endedAt ?? 0);
    if (prompt !== undefined) turns.push({ prompt, startedAt: at, endedAt: at, events: [] });
    const turn = turns.at(-1);
    if (!turn) continue;
    turn.events.push(...events);
    turn.endedAt = Math.max(at, turn.endedAt);
    if (point !== undefined) turn.point = point;
  }
  return turns;
}
