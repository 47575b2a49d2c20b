import type { ApiKeyRecord } from '../../ground/api-key-record.ts';
import { type ApiKeyStore, forEver } from '../sqlite/sqlite-api-keys.ts';
import type { PostgresAccess } from './postgres-access.ts';

const select = `select id, name, subject, digest, role, created_at as "createdAt", expires_at as "expiresAt",
    last_used_at as "lastUsedAt", revoked_at as "revokedAt"
  from api_keys`;

/** The keys of programs on PostgreSQL. Nothing of them is held in memory: a command may change them while the gateway runs. */
export function createPostgresApiKeys(access: PostgresAccess): ApiKeyStore {
  return {
    saveApiKey(record) {
      const { id, name, subject, digest, role, createdAt, expiresAt, lastUsedAt, revokedAt } = record;
      const text = `insert into api_keys
          (id, name, subject, digest, role, created_at, expires_at, last_used_at, revoked_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
      const values = [id, name, subject, digest, role, createdAt, expiresAt, lastUsedAt, revokedAt];
      access.write([{ text, values }]);
    },
    apiKey: (id) => access.read<ApiKeyRecord>({ text: `${select} where id = $1`, values: [id] })[0],
    apiKeys: () => access.read<ApiKeyRecord>({ text: `${select} order by created_at, id collate "C"` }),
    noteApiKeyUse(id, now) {
      const text = 'update api_keys set last_used_at = greatest(last_used_at, $1) where id = $2';
      access.write([{ text, values: [now, id] }]);
    },
    revokeApiKey(id, now) {
      access.write([
        {
          text: 'update api_keys set revoked_at = $1 where id = $2 and revoked_at is null',
          values: [now, id],
        },
        {
          text: `insert into revoked_tokens (jti, expires_at)
            select id, coalesce(expires_at, $2) from api_keys where id = $1
            on conflict do nothing`,
          values: [id, forEver],
        },
      ]);
    },
  };
}
