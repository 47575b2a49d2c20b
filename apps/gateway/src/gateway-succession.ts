import { DerivedSuccession } from './auth/derived-succession.ts';
import type { RefreshSuccession } from './auth/refresh-succession.ts';
import { RememberedSuccession } from './auth/remembered-succession.ts';
import { clusterKeysOf } from './cluster-keys-of.ts';
import type { Config } from './config-schema.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';

/** Which refresh token follows a spent one; in a cluster each node knows. */
export function openSuccession(
  config: Pick<Config, 'cluster'>,
  { clock, ids }: { clock: Clock; ids: Ids },
): RefreshSuccession {
  const keys = clusterKeysOf(config);
  if (!keys) return new RememberedSuccession({ clock, ids });
  return new DerivedSuccession({
    clock,
    derive: (text) => keys.derive('refresh token', text).toString('base64url'),
  });
}
