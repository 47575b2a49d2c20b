import { setTimeout as wait } from 'node:timers/promises';

/** Waits so many milliseconds of the demo's own time. Rejects as soon as the signal says stop. */
export type Pace = (ms: number, signal: AbortSignal) => Promise<void>;

/** `factor` 1 is pleasant to watch, 0 does not wait at all. */
export function createPace(factor: number): Pace {
  return async (ms, signal) => {
    signal.throwIfAborted();
    if (factor > 0) await wait(ms * factor, undefined, { signal });
  };
}
