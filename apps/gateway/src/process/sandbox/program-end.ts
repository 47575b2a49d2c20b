import { constants } from 'node:os';
import type { IsolationLevel } from '@hotplex/aep-protocol';
import type { LeaderEnd } from '../spawned-process.ts';

const signals = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name as NodeJS.Signals]),
);

/**
 * How the program within the walls ended, from how the one ended that holds them: bubblewrap and docker say the end by a signal as
 * shells do, 128 and its number. Who was killed itself tells nothing of the program.
 */
export function toProgramEnd({ code, signal }: LeaderEnd, level: IsolationLevel): LeaderEnd {
  const isPassedOn = level === 'sandbox' || level === 'container';
  const own = code === null || !isPassedOn ? undefined : signals.get(code - 128);
  return own === undefined ? { code, signal } : { code: null, signal: own };
}
