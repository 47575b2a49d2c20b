/** A timer that can be taken back or started anew. */
export interface Timer {
  cancel(): void;
  /** Starts the same wait again from now. */
  refresh(): void;
}

/** Time, handed in: tests turn it by hand. */
export interface Clock {
  /** Wall clock in Unix milliseconds; for display, tokens and stored deadlines, never for order. */
  now(): number;
  /** Monotonic milliseconds; for durations. */
  elapsed(): number;
  /** Calls `fire` once after `ms`. Does not keep the process alive. */
  after(ms: number, fire: () => void): Timer;
}

/** Node fires a longer wait at once (its timers count in 32 bits, some 24.8 days). */
const longestMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (ms, fire) => (ms > longestMs ? afterLong(ms, fire) : afterShort(ms, fire)),
};

function afterShort(ms: number, fire: () => void): Timer {
  const handle = setTimeout(fire, ms);
  handle.unref();
  return { cancel: () => clearTimeout(handle), refresh: () => handle.refresh() };
}

/** One wait after the other. */
function afterLong(ms: number, fire: () => void): Timer {
  const wait = (left: number): Timer =>
    left > longestMs
      ? afterShort(longestMs, () => {
          timer = wait(left - longestMs);
        })
      : afterShort(left, fire);
  let timer = wait(ms);
  return {
    cancel: () => timer.cancel(),
    refresh() {
      timer.cancel();
      timer = wait(ms);
    },
  };
}
