import type { TurnStats } from '@hotplex/aep-protocol';
import type { Tokens } from './tool-state.ts';

/** What one request to a model used. */
export type Usage = { tokens: Tokens; cost: number | null };

export type FiguresOptions = {
  usages: readonly Usage[];
  durationMs: number | null;
  firstTokenMs: number | null;
  toolCalls: number | null;
  model: string | null;
  contextPercent: number | null;
  stopReason: string | null;
};

/** The figures of a turn. What OpenCode does not say is null. NOTE: its output tokens leave out the reasoning. */
export function toTurnStats(options: FiguresOptions): TurnStats {
  const { usages, durationMs, firstTokenMs, toolCalls, model, contextPercent, stopReason } = options;
  const sum = (figure: (usage: Usage) => number | null | undefined) => {
    if (usages.length === 0) return null;
    return total(usages.map((usage) => figure(usage) ?? null));
  };
  const input_tokens = sum(({ tokens }) => tokens.input);
  const output_tokens = sum(({ tokens }) => total([tokens.output ?? null, tokens.reasoning ?? 0]));
  const cache_read_tokens = sum(({ tokens }) => tokens.cache?.read);
  const cache_write_tokens = sum(({ tokens }) => tokens.cache?.write);
  return {
    duration_ms: durationMs,
    time_to_first_token_ms: firstTokenMs,
    tool_calls: toolCalls,
    input_tokens,
    output_tokens,
    cache_read_tokens,
    cache_write_tokens,
    total_tokens: total([input_tokens, output_tokens, cache_read_tokens, cache_write_tokens]),
    cost_usd: sum(({ cost }) => cost),
    model,
    context_used_percent: contextPercent,
    stop_reason: stopReason,
  };
}

/** All tokens that one request left in the context. */
export function contextTokens({ input, output, reasoning, cache }: Tokens): number {
  return [input, output, reasoning, cache?.read, cache?.write].reduce<number>(
    (sum, count) => sum + (count ?? 0),
    0,
  );
}

/** The reason why a model stopped, in the protocol's words. */
export function toStopReason(finish: string | null | undefined): string | null {
  if (finish === 'stop') return 'end_turn';
  if (finish === 'length') return 'max_tokens';
  if (finish === 'tool-calls') return 'tool_use';
  return finish ?? null;
}

/** One unknown part makes the whole unknown. */
function total(parts: readonly (number | null)[]): number | null {
  return parts.reduce((whole, part) => (whole === null || part === null ? null : whole + part), 0);
}
