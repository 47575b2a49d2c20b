import type { SessionTotals } from '@hotplex/aep-protocol';

/** A session’s sums under the names of the older engine; what the agent did not say is 0 there. */
export function toSessionStats(sessionId: string, totals: SessionTotals) {
  return {
    session_id: sessionId,
    total_duration_ms: totals.duration_ms ?? 0,
    input_tokens: totals.input_tokens ?? 0,
    output_tokens: totals.output_tokens ?? 0,
    cache_read_tokens: totals.cache_read_tokens ?? 0,
    cache_write_tokens: totals.cache_write_tokens ?? 0,
    total_tokens: totals.total_tokens ?? 0,
    tool_call_count: totals.tool_calls ?? 0,
    total_cost_usd: totals.cost_usd ?? 0,
  };
}
