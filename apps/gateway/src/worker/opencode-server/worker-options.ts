import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Clock } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { WorkerListener, WorkerState } from '../worker.ts';
import type { Remembered } from './memory.ts';
import type { ServerTenant } from './opencode-server.ts';

/** What one conversation in the shared server needs. */
export type OpenCodeServerWorkerOptions = {
  workDir: string;
  config: SessionConfig;
  resume: string | undefined;
  /** The conversation to branch off. */
  fork?: string | undefined;
  /** The conversation of an earlier gateway to go on with, and what was remembered of it. */
  adopt?: WorkerState & { memory: Remembered };
  permissionModes: readonly string[];
  listener: WorkerListener;
  clock: Clock;
  ids: Ids;
  /** Takes a tenant out of the shared server. */
  leave(tenant: ServerTenant): void;
};
