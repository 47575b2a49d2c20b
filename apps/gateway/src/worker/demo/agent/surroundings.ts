import type { Memory } from './memory.ts';
import type { Output } from './output.ts';
import type { Pace } from './pace.ts';

/** What the agent has of the world. */
export type Surroundings = {
  output: Output;
  memory: Memory;
  pace: Pace;
  /** A new id, unique over all conversations. */
  newId: (prefix: string) => string;
  /** Monotonic milliseconds. */
  elapsed: () => number;
  pid: number;
  /** Ends the process as a failure would: words on stderr and this exit code. */
  crash: (code: number, words: string) => Promise<never>;
};
