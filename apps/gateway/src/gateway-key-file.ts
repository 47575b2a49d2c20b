import { join } from 'node:path';
import { loadPushKey } from './auth/push-key.ts';
import { createSeal, openSeal } from './auth/seal.ts';
import { SharedKeyFile } from './auth/shared-key-file.ts';
import { loadSigningKey } from './auth/signing-key.ts';
import { clusterKeysOf } from './cluster-keys-of.ts';
import type { Config } from './config-schema.ts';
import type { Clock } from './ground/clock.ts';
import type { SharedKeys } from './store/shared-keys.ts';

/** The gateway's own keys for what others were given or all nodes store: in a cluster all have the same. */
const keys = {
  'signing-key': { name: 'signing-key.json', load: loadSigningKey },
  'push-key': { name: 'push-key.json', load: loadPushKey },
  'config-history-key': { name: 'config-history-key', load: openSeal },
} as const;

/** Where a key of the gateway is. */
export type KeyFile = {
  file: string;
  /** In a cluster it has what the other nodes have afterwards, or they have what is new in it. Throws. */
  refresh(): void;
};

type KeyFileParts = {
  config: Pick<Config, 'cluster'>;
  store: { sharedKeys?: SharedKeys };
  dataDir: string;
  clock: Clock;
};

export function openKeyFile(
  key: keyof typeof keys,
  { config, store: { sharedKeys }, dataDir, clock }: KeyFileParts,
): KeyFile {
  const { name, load } = keys[key];
  const file = join(dataDir, name);
  const clusterKeys = clusterKeysOf(config);
  if (!clusterKeys || !sharedKeys) return { file, refresh() {} };
  const seal = createSeal(clusterKeys.derive(`shared ${key}`, ''));
  return new SharedKeyFile({ file, name: key, load, keys: sharedKeys, seal, clock });
}
