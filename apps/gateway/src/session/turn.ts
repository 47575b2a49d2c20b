import type { Timer } from '../ground/clock.ts';

/** The turn in progress; exists only while the session is running. */
export type Turn = {
  readonly id: string;
  readonly startedAt: number;
  /** The prompts it answers: the one that began it and those that were steered into it. */
  readonly inputIds: Set<string>;
  /** Set once somebody asked it to end; fires when the agent does not obey. */
  interrupting: Timer | undefined;
};
