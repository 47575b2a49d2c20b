import type { TurnStats } from '@hotplex/aep-protocol';
import type { Conversation, Turn } from './conversation.ts';
import type { ModelUsage, RecordOf } from './messages.ts';

type UsageByModel = Record<string, ModelUsage>;
type Figure =
  | 'inputTokens'
  | 'outputTokens'
  | 'cacheReadInputTokens'
  | 'cacheCreationInputTokens'
  | 'costUSD';

type Options = { turn: Turn; result: RecordOf<'result'>; stopReason: string | null };

/** The figures of a turn, sub-agents included. What the CLI does not say is null. */
export function toTurnStats(conversation: Conversation, { turn, result, stopReason }: Options): TurnStats {
  const used = usedInTurn(conversation, result);
  const input_tokens = sum(used, 'inputTokens');
  const output_tokens = sum(used, 'outputTokens');
  const cache_read_tokens = sum(used, 'cacheReadInputTokens');
  const cache_write_tokens = sum(used, 'cacheCreationInputTokens');
  return {
    duration_ms: result.duration_ms ?? null,
    time_to_first_token_ms: result.ttft_ms ?? null,
    tool_calls: turn.toolCalls,
    input_tokens,
    output_tokens,
    cache_read_tokens,
    cache_write_tokens,
    total_tokens: total([input_tokens, output_tokens, cache_read_tokens, cache_write_tokens]),
    cost_usd: sum(used, 'costUSD'),
    model: turn.model,
    context_used_percent: contextUsed(turn, result.modelUsage ?? {}),
    stop_reason: stopReason,
    api_duration_ms: result.duration_api_ms ?? null,
    model_requests: result.num_turns ?? null,
  };
}

/** NOTE: `modelUsage` is cumulative. Older CLIs say nothing else, so the turn is the difference. */
function usedInTurn(conversation: Conversation, result: RecordOf<'result'>): UsageByModel | undefined {
  const before = conversation.totals;
  const after = result.modelUsage ?? undefined;
  conversation.totals = after ?? before;
  if (result.model_usage_since_last_result) return result.model_usage_since_last_result;
  if (!before || !after) return undefined;
  return Object.fromEntries(
    Object.entries(after).map(([model, usage]) => [model, difference(usage, before[model])]),
  );
}

function difference(after: ModelUsage, before: ModelUsage | undefined): ModelUsage {
  const less = (figure: Figure) => {
    const value = after[figure];
    return typeof value === 'number' ? value - (before?.[figure] ?? 0) : undefined;
  };
  return {
    inputTokens: less('inputTokens'),
    outputTokens: less('outputTokens'),
    cacheReadInputTokens: less('cacheReadInputTokens'),
    cacheCreationInputTokens: less('cacheCreationInputTokens'),
    costUSD: less('costUSD'),
  };
}

function sum(used: UsageByModel | undefined, figure: Figure): number | null {
  return used ? total(Object.values(used).map((usage) => usage[figure] ?? null)) : null;
}

/** One unknown part makes the whole unknown. */
function total(parts: readonly (number | null)[]): number | null {
  return parts.reduce((whole, part) => (whole === null || part === null ? null : whole + part), 0);
}

function contextUsed({ contextTokens, model }: Turn, usage: UsageByModel): number | null {
  const entries = Object.entries(usage);
  const match = entries.find(([name, { canonicalModel }]) => name === model || canonicalModel === model);
  const window = (match ?? (entries.length === 1 ? entries[0] : undefined))?.[1].contextWindow;
  if (contextTokens === null || !window) return null;
  return Math.round((contextTokens / window) * 1_000) / 10;
}
