import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Clock } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { WorkerListener } from '../worker.ts';
import type { ServerTenant } from './opencode-server.ts';

/** What one conversation in the shared server needs. */
export type OpenCodeServerWorkerOptions = {
  workDir: string;
  config: SessionConfig;
  resume: string | undefined;
  permissionModes: readonly string[];
  listener: WorkerListener;
  clock: Clock;
  ids: Ids;
  /** Takes a tenant out of the shared server. */
  leave(tenant: ServerTenant): void;
};
