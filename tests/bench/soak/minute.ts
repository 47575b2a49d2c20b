import { median } from '../statistics.ts';
import type { Look } from './look-at-gateway.ts';

/** What a minute of a soak came to; units as those of a look. */
export type Minute = Omit<Look, 'atMs' | 'processorMs' | 'events'> & {
  /** The one that ends with it, counted from 1. */
  minute: number;
  eventsPerSecond: number;
  /** Of one processor. */
  busyPercent: number;
  /** Microseconds. */
  cpuPerEvent: number;
};

/**
 * Sums up the looks of a minute, of which the first is the last one of the minute before. Memory goes up until garbage is collected:
 * of the heap the least that was seen counts, of what the process holds the median.
 */
export function sumUp(minute: number, looks: readonly [Look, ...Look[]]): Minute {
  const [before, ...seen] = looks;
  const last = seen.at(-1) ?? before;
  const all = (name: keyof Look) => seen.map((look) => look[name]);
  const middle = (name: keyof Look) => median(all(name));
  const passedMs = last.atMs - before.atMs;
  const usedMs = last.processorMs - before.processorMs;
  const events = last.events - before.events;
  return {
    minute,
    ...{ resident: middle('resident'), anonymous: middle('anonymous') },
    ...{ heap: Math.min(...all('heap')), external: Math.min(...all('external')) },
    ...{ openFiles: middle('openFiles'), threads: middle('threads') },
    ...{ database: last.database, log: last.log, lateMs: middle('lateMs') },
    ...{ agents: middle('agents'), connections: middle('connections') },
    eventsPerSecond: (events / passedMs) * 1_000,
    busyPercent: (usedMs / passedMs) * 100,
    cpuPerEvent: (usedMs * 1_000) / events,
  };
}
