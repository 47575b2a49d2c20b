import { dayOf, type TurnUsage, type UsageLog, type UsageRecord } from './usage-log.ts';

/** What turns took, for as long as the process lasts. */
export type MemoryUsage = UsageLog & { addUsage(usage: TurnUsage, now: number): void };

const keys = { user: 'ownerId', agent: 'workerType', model: 'model' } as const;

export function createMemoryUsage(): MemoryUsage {
  const turns: (TurnUsage & { day: string })[] = [];
  return {
    addUsage: (usage, now) => void turns.push({ ...structuredClone(usage), day: dayOf(now) }),
    usage({ from, to, by }) {
      const within = turns.filter(({ day }) => day >= from && day <= to);
      const groups = Map.groupBy(within, (turn) => JSON.stringify([turn.day, turn[keys[by]] ?? '']));
      return [...groups]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, group]) => (group[0] ? [sumOf(group[0].day, group[0][keys[by]], group)] : []));
    },
  };
}

function sumOf(day: string, name: string | null, turns: readonly TurnUsage[]): UsageRecord {
  const add = (key: 'inputTokens' | 'outputTokens' | 'costUsd' | 'workMs') =>
    turns.reduce<number | null>((sum, turn) => (turn[key] === null ? sum : (sum ?? 0) + turn[key]), null);
  return {
    ...{ day, name, turns: turns.length },
    ...{ inputTokens: add('inputTokens'), outputTokens: add('outputTokens'), costUsd: add('costUsd') },
    workMs: add('workMs'),
  };
}
