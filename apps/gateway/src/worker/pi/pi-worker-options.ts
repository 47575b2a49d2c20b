import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Clock } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import type { WorkerListener, WorkerState } from '../worker.ts';
import type { Remembered } from './memory.ts';

export type PiWorkerOptions = {
  /** Absolute path of the CLI, and its arguments. */
  file: string;
  args: readonly string[];
  workDir: string;
  config: SessionConfig;
  /** Whether the conversation should exist already. */
  resuming: boolean;
  /** The process of an earlier gateway to go on with, and what was remembered of it. */
  adopt?: WorkerState & { memory: Remembered };
  permissionModes: readonly string[];
  environment: Readonly<Record<string, string>>;
  listener: WorkerListener;
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
};
