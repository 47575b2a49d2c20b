import type { TurnStats } from '@hotplex/aep-protocol';
import type { Usage } from './content.ts';
import type { Conversation, Spent, Turn } from './conversation.ts';

/** Counts one request to a model into the turn. */
export function spend(turn: Turn, usage: Usage | null | undefined): void {
  const { input, output, cacheRead, cacheWrite, cost } = usage ?? {};
  const before = turn.spent ?? { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cost: 0 };
  turn.spent = {
    input: add(before.input, input),
    output: add(before.output, output),
    cacheRead: add(before.cacheRead, cacheRead),
    cacheWrite: add(before.cacheWrite, cacheWrite),
    cost: add(before.cost, cost?.total),
  };
}

/** The figures of a turn. What Pi does not say is null. */
export function toTurnStats({ windows }: Conversation, { turn, at }: { turn: Turn; at: number }): TurnStats {
  const { input, output, cacheRead, cacheWrite, cost }: Partial<Spent> = turn.spent ?? {};
  const parts = [input, output, cacheRead, cacheWrite];
  const window = turn.model === null ? undefined : windows.get(turn.model);
  return {
    duration_ms: Math.round(at - turn.startedAt),
    time_to_first_token_ms:
      turn.firstTokenAt === undefined ? null : Math.round(turn.firstTokenAt - turn.startedAt),
    tool_calls: turn.toolCalls,
    input_tokens: input ?? null,
    output_tokens: output ?? null,
    cache_read_tokens: cacheRead ?? null,
    cache_write_tokens: cacheWrite ?? null,
    total_tokens: parts.reduce<number | null>((sum, part) => add(sum, part), 0),
    cost_usd: cost ?? null,
    model: turn.model,
    context_used_percent:
      turn.contextTokens === null || !window ? null : Math.round((turn.contextTokens / window) * 1_000) / 10,
    stop_reason: turn.stopReason,
    model_requests: turn.requests,
  };
}

/** What the last request sent and received is what the context holds. */
export function contextTokens(usage: Usage | null | undefined): number | null {
  const { input, output, cacheRead, cacheWrite } = usage ?? {};
  return [input, output, cacheRead, cacheWrite].reduce<number | null>((sum, part) => add(sum, part), 0);
}

/** One unknown part makes the whole unknown. */
function add(sum: number | null, part: number | null | undefined): number | null {
  return sum === null || typeof part !== 'number' ? null : sum + part;
}
