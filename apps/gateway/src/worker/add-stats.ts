import type { TurnStats } from '@hotplex/aep-protocol';

const summed = [
  ...(['duration_ms', 'tool_calls', 'input_tokens', 'output_tokens'] as const),
  ...(['cache_read_tokens', 'cache_write_tokens', 'total_tokens', 'cost_usd'] as const),
] as const;

/** The figures of a turn that took two runs: sums, and the rest as the later run has it. */
export function addStats(
  earlier: TurnStats | undefined,
  later: TurnStats | undefined,
): TurnStats | undefined {
  if (!earlier || !later) return later ?? earlier;
  const sum: TurnStats = {
    ...later,
    time_to_first_token_ms: earlier.time_to_first_token_ms ?? later.time_to_first_token_ms,
  };
  for (const figure of summed) {
    const [first, second] = [earlier[figure], later[figure]];
    sum[figure] = first === null ? second : first + (second ?? 0);
  }
  return sum;
}
