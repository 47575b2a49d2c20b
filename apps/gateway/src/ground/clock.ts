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

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, fire) {
    const handle = setTimeout(fire, ms);
    handle.unref();
    return { cancel: () => clearTimeout(handle), refresh: () => handle.refresh() };
  },
};
