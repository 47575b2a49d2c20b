import type { SessionTotals, TurnStats } from '@hotplex/aep-protocol';
import type { TurnUsage } from '../store/store.ts';

const summed = [
  'duration_ms',
  'tool_calls',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'total_tokens',
  'cost_usd',
] as const;

export const noTotals: SessionTotals = {
  turn_count: 0,
  duration_ms: null,
  tool_calls: null,
  input_tokens: null,
  output_tokens: null,
  cache_read_tokens: null,
  cache_write_tokens: null,
  total_tokens: null,
  cost_usd: null,
};

/** The sums after one more turn; a figure nobody ever gave stays null (rule E3). */
export function addTurn(totals: SessionTotals, stats: TurnStats): SessionTotals {
  const next: SessionTotals = { ...totals, turn_count: totals.turn_count + 1 };
  for (const key of summed) {
    const figure = stats[key];
    if (figure !== null) next[key] = (totals[key] ?? 0) + figure;
  }
  return next;
}

/** The same turn as it is counted by the day; `lastedMs` is for an agent that does not say how long it worked. */
export function usageOf(
  stats: TurnStats,
  { lastedMs, ...whose }: Pick<TurnUsage, 'ownerId' | 'workerType'> & { lastedMs: number | null },
): TurnUsage {
  const { model, input_tokens: inputTokens, output_tokens: outputTokens, cost_usd: costUsd } = stats;
  return { ...whose, model, inputTokens, outputTokens, costUsd, workMs: stats.duration_ms ?? lastedMs };
}
