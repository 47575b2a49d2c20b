import { type Clock, systemClock } from '../../src/ground/clock.ts';

/** The real clock, except that waits of `heldMs` end only when the test says so. */
export function createHeldClock(heldMs: number): Clock & { held: Promise<() => void> } {
  const held = Promise.withResolvers<() => void>();
  return {
    ...systemClock,
    held: held.promise,
    after(ms, fire) {
      if (ms !== heldMs) return systemClock.after(ms, fire);
      let cancelled = false;
      held.resolve(() => {
        if (!cancelled) fire();
      });
      return {
        cancel() {
          cancelled = true;
        },
        refresh() {},
      };
    },
  };
}
