import type { ApiKeyRecord } from '../../ground/api-key-record.ts';
import type { CredentialStore } from '../store.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';

/** The part of the credential store that keeps keys. */
export type ApiKeyStore = Pick<
  CredentialStore,
  'saveApiKey' | 'apiKey' | 'apiKeys' | 'noteApiKeyUse' | 'revokeApiKey'
>;

const columns = `id, name, subject, digest, role, created_at as createdAt, expires_at as expiresAt,
  last_used_at as lastUsedAt, revoked_at as revokedAt`;
/** A key that does not expire stays revoked for as long as there are dates (ECMA-262, 21.4.1.1). */
export const forEver = 8.64e15;

/** The keys of programs on SQLite. Nothing of them is held in memory: a command may change them while the gateway runs. */
export function createSqliteApiKeys(connection: SqliteConnection, access: DatabaseAccess): ApiKeyStore {
  const insert = connection.prepare<ApiKeyRecord>(
    `insert into api_keys (id, name, subject, digest, role, created_at, expires_at, last_used_at, revoked_at)
     values (:id, :name, :subject, :digest, :role, :createdAt, :expiresAt, :lastUsedAt, :revokedAt)`,
  );
  const find = connection.prepare<[string], ApiKeyRecord>(`select ${columns} from api_keys where id = ?`);
  const all = connection.prepare<[], ApiKeyRecord>(`select ${columns} from api_keys order by created_at, id`);
  const use = connection.prepare<[number, string]>('update api_keys set last_used_at = ? where id = ?');
  const revoke = connection.prepare<[number, string]>(
    'update api_keys set revoked_at = ? where id = ? and revoked_at is null',
  );
  const revokeMade = connection.prepare<[string]>(
    `insert or ignore into revoked_tokens
     select id, coalesce(expires_at, ${forEver}) from api_keys where id = ?`,
  );
  return {
    saveApiKey: (record) => access.write(() => void insert.run(record)),
    apiKey: (id) => access.read(() => find.get(id)),
    apiKeys: () => access.read(() => all.all()),
    noteApiKeyUse: (id, now) => access.write(() => void use.run(now, id)),
    revokeApiKey: (id, now) =>
      access.write(() => {
        revoke.run(now, id);
        revokeMade.run(id);
      }),
  };
}
