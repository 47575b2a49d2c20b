import type { Run } from '../scenarios/scenario.ts';

/** What a scenario came to; `problem` if it did not come to its end. */
export type Outcome = { scenario: string; runs: Run[]; problem?: string };

/** All that one run of the bench found, as it is kept. */
export type Results = {
  /** ISO 8601. */
  began: string;
  minutes: number;
  repetitions: number;
  quick: boolean;
  machine: string;
  outcomes: Outcome[];
};
