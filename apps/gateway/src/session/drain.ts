import { atMost } from '../ground/at-most.ts';
import type { Clock } from '../ground/clock.ts';
import { untilAborted } from '../ground/until-aborted.ts';
import { closeWhenQuiet } from './close-when-quiet.ts';
import type { Session } from './session.ts';

export type Drain = {
  /** Milliseconds. */
  withinMs: number;
  /** Aborted: turns are waited for no longer. */
  hurry: AbortSignal;
  keepAgents: boolean;
  clock: Clock;
};

/** Ends each agent as soon as its turn is over, but for those that are to be kept and can be. Resolves when it is done or time is up. */
export async function drain(
  sessions: readonly Session[],
  { withinMs, hurry, keepAgents, clock }: Drain,
): Promise<void> {
  const ending = sessions.filter((session) => !(keepAgents && session.canBeTakenOver));
  const quiet = Promise.all(ending.map((session) => closeWhenQuiet(session)));
  await atMost(clock, withinMs, [quiet, untilAborted(hurry)]);
}
