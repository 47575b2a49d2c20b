import type { TurnStats } from '@hotplex/aep-protocol';

/** Figures of a turn of which nothing is known but how it ended, and perhaps how long it took (rule E3). */
export function unknownStats(stopReason: string, durationMs: number | null = null): TurnStats {
  return {
    duration_ms: durationMs,
    time_to_first_token_ms: null,
    tool_calls: null,
    input_tokens: null,
    output_tokens: null,
    cache_read_tokens: null,
    cache_write_tokens: null,
    total_tokens: null,
    cost_usd: null,
    model: null,
    context_used_percent: null,
    stop_reason: stopReason,
  };
}
