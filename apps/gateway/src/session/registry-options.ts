import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Tracing } from '../ground/tracing.ts';
import type { LastingProcesses } from '../process/child-process.ts';
import type { WorkerDefinition } from '../worker/worker.ts';
import type { SessionOptions, WatchedFiles } from './session-options.ts';
import type { WorkDirRules } from './work-dir.ts';
import type { PoolLimits } from './worker-pool.ts';

/** What the sessions of a gateway have in common. */
export type RegistryOptions = Omit<
  SessionOptions,
  'definition' | 'onReady' | 'makeRoom' | 'hasRoom' | 'traces'
> & {
  /** Told what took how long. */
  tracing?: Tracing | undefined;
  processes: Pick<LastingProcesses, 'has' | 'reap' | 'sweep'>;
  pool: PoolLimits;
  snapshots: WatchedFiles;
  /** Worker type or alias, and what a session wants of it → definition; throws CONFIG_INVALID naming what there is. */
  findWorker(type: string, config?: SessionConfig): { definition: WorkerDefinition; config?: SessionConfig };
  defaultWorkDir: string;
  workDirRules: WorkDirRules;
  /** Looks at what a client wants of its agent; throws CONFIG_INVALID if that is not to be had. */
  checkConfig(config: SessionConfig): void;
};
