import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Clock } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import type { WorkerListener, WorkerState } from '../worker.ts';
import type { Remembered } from './memory.ts';

export type ClaudeCodeWorkerOptions = {
  /** Absolute path of the CLI. */
  file: string;
  workDir: string;
  config: SessionConfig;
  resume: string | undefined;
  /** The conversation to branch off. */
  fork?: string | undefined;
  /** The process of an earlier gateway to go on with, and what was remembered of it. */
  adopt?: WorkerState & { memory: Remembered };
  trusted: boolean;
  permissionModes: readonly string[];
  environment: Readonly<Record<string, string>>;
  listener: WorkerListener;
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
};
