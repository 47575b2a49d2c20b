import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from './config-schema.ts';
import type { GatewayDatabase } from './gateway-database.ts';
import { openLives } from './gateway-lives.ts';
import { type GatewayNode, openNode } from './gateway-node.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';
import { type Logger, logOf } from './ground/logger.ts';
import { StartError } from './ground/start-error.ts';
import { nodeNames } from './node-names.ts';
import { expandPath } from './start-checks.ts';
import { lockInstance } from './store/sqlite/instance-lock.ts';
import { prepareLocation } from './store/sqlite/prepare-location.ts';
import { openSqliteStore } from './store/sqlite-store.ts';

export type ClusterParts = {
  config: Config;
  version: string;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  random: () => number;
};

export type OpenedCluster = { node: GatewayNode; database: GatewayDatabase };

/**
 * Joins the cluster that the configuration names: leases and streams at its NATS, the truth in its PostgreSQL, and a copy
 * of what this gateway works for in a file that is new each time. Throws StartError.
 */
export async function openGatewayCluster(parts: ClusterParts): Promise<OpenedCluster> {
  const { config, clock, version, ids } = parts;
  const { natsUrl, secret, postgresUrl } = requireAddresses(config);
  const { lease: leaseMs } = config.cluster;
  const { node, workspace } = nodeNames(config);
  const path = expandPath(config.db.path);
  const lock = lockInstance(prepareLocation(path));
  const undo: (() => unknown)[] = [() => lock.release()];
  try {
    const { openNatsBus } = await import('./cluster/nats/open-nats-bus.ts');
    const { openSharedPostgres } = await import('./store/shared-postgres.ts');
    const bus = await openNatsBus({
      ...{ url: natsUrl, secret, node, workspace, version, leaseMs, clock, ids },
      logger: logOf('cluster', parts.logger),
    });
    undo.push(() => bus.close());
    const { life: writesAs } = bus.self;
    const shared = await openSharedPostgres({
      ...{ url: postgresUrl, cluster: bus.cluster, node, life: writesAs, workspace, clock },
      logger: logOf('store', parts.logger),
    });
    undo.push(() => shared.close());
    const lives = openLives(join(dirname(path), 'lives'));
    const copy = emptyFile(join(dirname(path), 'copy.db'));
    const local = await openSqliteStore({ path: copy, clock });
    const member = openNode({
      ...{ ...parts, leaseMs, bus, shared, writesAs, lives, local },
      release: () => lock.release(),
    });
    return {
      node: member,
      database: { type: 'postgresql', bytes: () => shared.store.bytes(), freeBytes: () => undefined },
    };
  } catch (error) {
    for (const step of undo.toReversed()) await step();
    throw error;
  }
}

function requireAddresses({ cluster: { url: natsUrl, secret }, db: { url: postgresUrl } }: Config) {
  if (natsUrl === undefined || secret === undefined)
    throw new StartError('cluster.url and cluster.secret go together: set both');
  if (postgresUrl === undefined)
    throw new StartError(
      'cluster.url is set and db.url is not: the gateways of a cluster share a PostgreSQL, set db.url to it',
    );
  return { natsUrl, secret, postgresUrl };
}

/** What the last life copied is not looked at: what anybody was told is in the shared database. */
function emptyFile(path: string): string {
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  return path;
}
