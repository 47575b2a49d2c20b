import { createMemoryUsage } from '../memory-usage.ts';
import type { TurnUsage, UsageLog, UsageQuery, UsageRecord } from '../usage-log.ts';

const figures = ['inputTokens', 'outputTokens', 'costUsd', 'workMs'] as const;

/** What turns took that are over and not in the shared database yet: a budget counts them all the same. */
export class UnsettledUsage {
  readonly #turns = new Set<{ usage: TurnUsage; now: number }>();

  /** Returns what forgets it, once it is settled. */
  add(usage: TurnUsage, now: number): () => void {
    const turn = { usage, now };
    this.#turns.add(turn);
    return () => this.#turns.delete(turn);
  }

  /** The sums of both. */
  addTo(shared: UsageLog, query: UsageQuery): UsageRecord[] {
    const settled = shared.usage(query);
    if (this.#turns.size === 0) return settled;
    const memory = createMemoryUsage();
    for (const { usage, now } of this.#turns) memory.addUsage(usage, now);
    const groups = Map.groupBy([...settled, ...memory.usage(query)], keyOf);
    return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, records]) => records.reduce(sum));
  }
}

const keyOf = ({ day, name }: UsageRecord) => JSON.stringify([day, name ?? '']);

function sum(a: UsageRecord, b: UsageRecord): UsageRecord {
  const sums = figures.map((key) => [key, a[key] === null ? b[key] : a[key] + (b[key] ?? 0)]);
  return { ...a, turns: a.turns + b.turns, ...Object.fromEntries(sums) };
}
