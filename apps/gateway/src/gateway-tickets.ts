import { MemoryTickets } from './auth/memory-tickets.ts';
import { createSeal } from './auth/seal.ts';
import { SealedTickets } from './auth/sealed-tickets.ts';
import type { Tickets } from './auth/ticket.ts';
import { clusterKeysOf } from './cluster-keys-of.ts';
import type { Config } from './config-schema.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';
import type { CredentialStore } from './store/store.ts';

/** The tickets of this gateway; those of a cluster are good at each of its nodes. */
export function openTickets(
  config: Pick<Config, 'cluster'>,
  parts: { store: CredentialStore; clock: Clock; ids: Ids },
): Tickets {
  const keys = clusterKeysOf(config);
  if (!keys) return new MemoryTickets(parts);
  return new SealedTickets({ ...parts, sealOf: (id) => createSeal(keys.derive('ticket', id)) });
}
