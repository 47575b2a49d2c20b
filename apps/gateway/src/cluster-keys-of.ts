import { type ClusterKeys, createClusterKeys } from './cluster/nats/cluster-keys.ts';
import type { Config } from './config-schema.ts';

/** What all nodes of the configured cluster have in common; undefined for a gateway that is alone. */
export function clusterKeysOf({
  cluster: { url, secret },
}: Pick<Config, 'cluster'>): ClusterKeys | undefined {
  return url === undefined || secret === undefined ? undefined : createClusterKeys(secret);
}
