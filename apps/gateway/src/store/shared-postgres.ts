import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import { createConfigTable } from './postgres/config-table.ts';
import { openPostgresDatabase } from './postgres/open-postgres-database.ts';
import { requireCluster } from './postgres/require-cluster.ts';
import { createSharedHookTargets } from './postgres/shared-hook-targets.ts';
import { type OpenSharedLog, openSharedLog } from './postgres/shared-log.ts';
import { createPostgresStore, type PostgresStore, stepParts } from './postgres-store.ts';

export type SharedPostgresOptions = {
  /** `postgres://…` */
  url: string;
  /** What the cluster is called, by its secret. */
  cluster: string;
  /** What this node is called, under whatever life. */
  node: string;
  life: string;
  workspace: string;
  clock: Clock;
  logger: Logger;
};

/** What the gateways of a cluster keep together: `store` is waited for, `log` is not. */
export type SharedPostgres = { store: PostgresStore; log: OpenSharedLog; close(): Promise<void> };

/** Opens the database of a cluster for one of its gateways. Throws StartError, also if it is another cluster's. */
export async function openSharedPostgres(options: SharedPostgresOptions): Promise<SharedPostgres> {
  const { url, cluster, node, life, workspace, clock, logger } = options;
  const access = await openPostgresDatabase({ url, lock: 'several' });
  try {
    requireCluster(access, cluster);
  } catch (error) {
    access.close();
    throw error;
  }
  // The first life of this process is as good a name as any.
  const store = {
    ...createPostgresStore(access, { clock, logger }),
    ...createConfigTable(access, node),
    ...createSharedHookTargets(access, life),
  };
  const log = openSharedLog({ url, life, workspace, parts: stepParts });
  return {
    ...{ store, log },
    async close() {
      await log.close();
      store.close();
    },
  };
}
