import type { Clock } from '../../src/ground/clock.ts';

type Waiting = { at: number; ms: number; fire: () => void; cancelled: boolean };

/** A clock that stands still until a test turns it. */
export function createManualClock(start = 1_000_000): Clock & { advance(ms: number): void } {
  let now = 0;
  const waiting = new Set<Waiting>();
  return {
    now: () => start + now,
    elapsed: () => now,
    after(ms, fire) {
      const entry: Waiting = { at: now + ms, ms, fire, cancelled: false };
      waiting.add(entry);
      return {
        cancel: () => void waiting.delete(entry),
        refresh() {
          entry.at = now + ms;
          waiting.add(entry);
        },
      };
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        waiting.delete(next);
        now = next.at;
        next.fire();
      }
      now = until;
    },
  };
}
