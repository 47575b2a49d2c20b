import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Clock } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import type { WorkerListener } from '../worker.ts';

export type PiWorkerOptions = {
  /** Absolute path of the CLI, and its arguments. */
  file: string;
  args: readonly string[];
  workDir: string;
  config: SessionConfig;
  /** Whether the conversation should exist already. */
  resuming: boolean;
  permissionModes: readonly string[];
  environment: Readonly<Record<string, string>>;
  listener: WorkerListener;
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
};
