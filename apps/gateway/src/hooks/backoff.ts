const minute = 60_000;
/** How long to wait after each failure; the last is for all that follow. */
const waits = [5_000, 30_000, 2 * minute, 10 * minute, 30 * minute, 2 * 60 * minute, 6 * 60 * minute];

/** Milliseconds until the next attempt, after `attempts` that failed: up to a fifth more, so that receivers that come back are not overrun. */
export function backoff(attempts: number, random: () => number): number {
  const wait = waits[Math.min(attempts, waits.length) - 1] ?? 0;
  return Math.round(wait * (1 + random() / 5));
}
