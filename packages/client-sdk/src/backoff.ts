export type Backoff = { minMs: number; maxMs: number; attempts?: number };

/** How long to wait before attempt `attempt` (from 1): exponential with full jitter, never below half the minimum. */
export function backoffDelay(attempt: number, { minMs, maxMs }: Backoff, random: () => number): number {
  const ceiling = Math.min(maxMs, minMs * 2 ** (attempt - 1));
  return Math.round(minMs / 2 + random() * (ceiling - minMs / 2));
}
