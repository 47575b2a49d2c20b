import type { IsolationLevel } from '@hotplex/aep-protocol';
import type { Network, ProcessOptions } from './child-process.ts';

/** What is started instead of a program so that it runs within its walls. */
export type Walled = Pick<ProcessOptions, 'file' | 'args' | 'cwd' | 'env'> & {
  /** What of the work dir it may not change. */
  guarded?: readonly string[];
  /** Those of them that were made since there was nothing; removed when nobody needs them any more. */
  placeholders?: readonly string[];
  /** What is to be run once its tree is gone, since that does not end all of it. */
  afterwards?: Afterwards;
};

/** A program that clears up after another. `env`: beside what every tool of the system gets. */
export type Afterwards = { file: string; args: string[]; env: Record<string, string> };

/** The walls around the programs of one level. */
export interface Isolation {
  readonly level: IsolationLevel;
  /** Default: open. */
  readonly network?: Network;
  /** `mark` is another for each process. Throws an Error whose message says what is wrong and what to do. */
  wall(options: ProcessOptions, mark: string): Walled;
}

/** No walls: a group of its own, and an environment built from nothing. */
export const noIsolation: Isolation = { level: 'none', wall: (options) => options };
