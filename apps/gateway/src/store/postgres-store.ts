import type { Clock } from '../ground/clock.ts';
import { type Logger, silentLogger } from '../ground/logger.ts';
import type { AppendParts } from './postgres/append-part.ts';
import { createApprovalLinkTable } from './postgres/approval-link-table.ts';
import { auditPart, createAuditTable } from './postgres/audit-table.ts';
import { createConfigTable } from './postgres/config-table.ts';
import { createHookTable, deliveriesPart } from './postgres/hook-table.ts';
import { openPostgresDatabase } from './postgres/open-postgres-database.ts';
import type { PostgresAccess } from './postgres/postgres-access.ts';
import { createPostgresCredentials } from './postgres/postgres-credentials.ts';
import { createPostgresSessions } from './postgres/postgres-sessions.ts';
import { createPushTable } from './postgres/push-table.ts';
import { createShareLinkTable } from './postgres/share-link-table.ts';
import { createSharedKeyTable } from './postgres/shared-key-table.ts';
import { createUsageTable, usagePart } from './postgres/usage-table.ts';
import type { Store } from './store.ts';

export type PostgresStoreOptions = {
  /** `postgres://…` */
  url: string;
  clock: Clock;
  logger?: Logger;
  /** How long one call may keep everything else waiting, milliseconds. Default 5 s. */
  limitMs?: number;
};

/** A store, and how large its database is, bytes. */
export type PostgresStore = Store & { bytes(): number };

/** What a step of a session may have beside its own rows. */
export const stepParts: AppendParts = { audit: auditPart, usage: usagePart, deliveries: deliveriesPart };

/** All that a gateway keeps, in one PostgreSQL database, for one gateway. Throws StartError; then the database is as it was. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const { clock, logger = silentLogger, ...where } = options;
  const startedAt = clock.elapsed();
  const access = await openPostgresDatabase(where);
  const store = createPostgresStore(access, { clock, logger });
  logger.debug({ ms: Math.round(clock.elapsed() - startedAt) }, 'store open');
  return store;
}

/** The store on a connection, which is closed with it. */
export function createPostgresStore(
  access: PostgresAccess,
  { clock, logger }: { clock: Clock; logger: Logger },
): PostgresStore {
  const { stop, ...sessions } = createPostgresSessions({ access, parts: stepParts, clock, logger });
  return {
    ...sessions,
    ...createHookTable(access),
    ...createPushTable(access),
    ...createShareLinkTable(access),
    ...createApprovalLinkTable(access),
    ...createPostgresCredentials(access),
    ...createConfigTable(access),
    ...createAuditTable(access),
    ...createUsageTable(access),
    sharedKeys: createSharedKeyTable(access),
    bytes() {
      const text = 'select pg_database_size(current_database()) as bytes';
      return access.read<{ bytes: number }>({ text })[0]?.bytes ?? 0;
    },
    close() {
      stop();
      access.close();
    },
  };
}
