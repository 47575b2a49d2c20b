import type { Clock } from '../../../src/ground/clock.ts';
import type { Ids } from '../../../src/ground/ids.ts';
import type { SpawnProcess } from '../../../src/process/child-process.ts';
import type {
  Worker,
  WorkerCommand,
  WorkerInput,
  WorkerListener,
  WorkerState,
} from '../../../src/worker/worker.ts';

/** One line of a recording: said by the agent, or what the session would have asked for so that it was said to it. */
export type RecordedStep = {
  /** Milliseconds since the start. */
  at: number;
} & (
  | { line: string }
  /** `id`: what the request to the agent was called; its replies name it. */
  | { prompt: WorkerInput; id: string }
  | { command: WorkerCommand; id: string }
  | { interrupt: true; id: string }
  | { answer: { id: string; allowed: boolean } }
  /** The end of a process that stands for a turn, behind which there is nothing to go on with. */
  | { end: { code: number; stderr: string } }
);

export type AdoptionContract = {
  name: string;
  /** The names of the recordings. */
  recordings: readonly string[];
  steps(recording: string): RecordedStep[];
  start(
    options: { spawn: SpawnProcess; clock: Clock; ids: Ids; adopt?: WorkerState },
    listener: WorkerListener,
  ): Worker;
  /** What an agent that comes up says to a line of the worker. */
  greet(line: string): string | string[];
  /** How the worker called the request on a line that it wrote. */
  idOf(line: string): string | number | undefined;
  /** Whether a line that was written makes the agent work: no gateway may write it again. */
  isPrompt(line: string): boolean;
};
