import { Kysely, SqliteDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { SqliteConnection } from '../sqlite/connect-sqlite.ts';
import type { MigrationName } from '../sqlite/schema-identity.ts';
import { firstSchema } from './0001-first-schema.ts';
import { workers } from './0002-workers.ts';
import { search } from './0003-search.ts';
import { audit } from './0004-audit.ts';
import { apiKeys } from './0005-api-keys.ts';
import { signInRoles } from './0006-sign-in-roles.ts';
import { credentialOwners } from './0007-credential-owners.ts';
import { hookDeliveries } from './0008-hook-deliveries.ts';
import { namedSessions } from './0009-named-sessions.ts';
import { shareLinks } from './0010-share-links.ts';
import { archivedSessions } from './0011-archived-sessions.ts';
import { usageByDay } from './0012-usage-by-day.ts';
import { configHistory } from './0013-config-history.ts';
import { waitingInputs } from './0014-waiting-inputs.ts';
import { pushDevices } from './0015-push-devices.ts';
import { signInCodes } from './0016-sign-in-codes.ts';
import { approvalLinks } from './0017-approval-links.ts';
import { workByDay } from './0018-work-by-day.ts';
import { agentConversations } from './0019-agent-conversations.ts';

/** Every step, oldest first, by its name. */
export const ours: Readonly<Record<MigrationName, Migration>> = {
  '0001-first-schema': firstSchema,
  '0002-workers': workers,
  '0003-search': search,
  '0004-audit': audit,
  '0005-api-keys': apiKeys,
  '0006-sign-in-roles': signInRoles,
  '0007-credential-owners': credentialOwners,
  '0008-hook-deliveries': hookDeliveries,
  '0009-named-sessions': namedSessions,
  '0010-share-links': shareLinks,
  '0011-archived-sessions': archivedSessions,
  '0012-usage-by-day': usageByDay,
  '0013-config-history': configHistory,
  '0014-waiting-inputs': waitingInputs,
  '0015-push-devices': pushDevices,
  '0016-sign-in-codes': signInCodes,
  '0017-approval-links': approvalLinks,
  '0018-work-by-day': workByDay,
  '0019-agent-conversations': agentConversations,
};

/**
 * Takes the steps a database has not taken yet: all of them or, when one throws, none.
 * NOTE: Kysely runs no transaction for SQLite by itself, so one around the whole run is possible.
 */
export async function migrate(
  connection: SqliteConnection,
  migrations: Readonly<Record<string, Migration>> = ours,
): Promise<void> {
  const database = new Kysely<unknown>({ dialect: new SqliteDialect({ database: connection }) });
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => ({ ...migrations }) },
  });
  connection.exec('begin immediate');
  try {
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    connection.exec('commit');
  } catch (error) {
    if (connection.inTransaction) connection.exec('rollback');
    throw error;
  }
}
