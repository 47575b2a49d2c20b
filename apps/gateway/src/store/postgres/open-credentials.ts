import type { OpenCredentials } from '../sqlite/open-credentials.ts';
import { createAuditTable } from './audit-table.ts';
import { createHookTable } from './hook-table.ts';
import { inspectPostgres } from './inspect-postgres.ts';
import { openPostgresAccess } from './open-postgres-access.ts';
import { openPostgresDatabase } from './open-postgres-database.ts';
import { createPostgresCredentials } from './postgres-credentials.ts';
import { createSharedKeyTable } from './shared-key-table.ts';

/**
 * The credentials, and what is to be delivered, of a database whose gateway may be running: it sees at once what is
 * changed here. A database without our tables, or with those of an older version, is brought up to date first, for which
 * no gateway may run. Throws StartError.
 */
export async function openPostgresCredentials(url: string): Promise<OpenCredentials> {
  const { schema } = await inspectPostgres(url);
  if (schema !== 'current') (await openPostgresDatabase({ url })).close();
  const access = await openPostgresAccess({ url, lock: 'beside' });
  return {
    ...createPostgresCredentials(access),
    ...createHookTable(access),
    sharedKeys: createSharedKeyTable(access),
    recordAudit: createAuditTable(access).recordAudit,
    [Symbol.dispose]: () => access.close(),
  };
}
