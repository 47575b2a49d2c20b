import { localSubject } from '../../ground/local-subject.ts';
import type { CredentialStore, RefreshRecord, SignInCode } from '../credential-store.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';
import { createSqliteApiKeys } from './sqlite-api-keys.ts';

/** The credential store on SQLite. */
export function createSqliteCredentials(
  connection: SqliteConnection,
  access: DatabaseAccess,
): CredentialStore {
  const saveCode = connection.prepare<SignInCode>('insert into sign_in_codes values (:digest, :expiresAt)');
  const takeCode = connection.prepare<[string], SignInCode>(
    'delete from sign_in_codes where digest = ? returning digest, expires_at as expiresAt',
  );
  const dropCodes = connection.prepare('delete from sign_in_codes');
  const sweepCodes = connection.prepare<[number]>('delete from sign_in_codes where expires_at < ?');
  const save = connection.prepare<RefreshRecord>(
    `insert or replace into refresh_tokens (digest, subject, role, signed_in_at, ends_at, expires_at)
     values (:digest, :subject, :role, :signedInAt, :endsAt, :expiresAt)`,
  );
  const take = connection.prepare<[string], RefreshRecord>(
    `delete from refresh_tokens where digest = ?
     returning digest, subject, role, signed_in_at as signedInAt, ends_at as endsAt, expires_at as expiresAt`,
  );
  const revoke = connection.prepare<[string, number]>(
    `insert into revoked_tokens values (?, ?)
     on conflict (jti) do update set expires_at = max(expires_at, excluded.expires_at)`,
  );
  const spend = connection.prepare<[string, number]>('insert or ignore into revoked_tokens values (?, ?)');
  const revoked = connection.prepare<[string], number>('select 1 from revoked_tokens where jti = ?').pluck();
  const revokeAll = connection.prepare<[string, number]>(
    `insert into revoked_subjects values (?, ?)
     on conflict (subject) do update set until = max(until, excluded.until)`,
  );
  const dropRefresh = connection.prepare<[string, number]>(
    'delete from refresh_tokens where subject = ? and signed_in_at <= ?',
  );
  const dropDevices = connection.prepare<[string, number]>(
    'delete from push_devices where owner_id = ? and signed_in_at <= ?',
  );
  const sweepDevices = connection.prepare<[number]>('delete from push_devices where expires_at < ?');
  const revokedUntil = connection
    .prepare<[string], number>('select until from revoked_subjects where subject = ?')
    .pluck();
  const sweepRefresh = connection.prepare<[number]>('delete from refresh_tokens where expires_at < ?');
  const sweepRevoked = connection.prepare<[number]>('delete from revoked_tokens where expires_at < ?');

  return {
    ...createSqliteApiKeys(connection, access),
    saveSignInCode: (code) =>
      access.write(() => {
        dropCodes.run();
        saveCode.run(code);
      }),
    takeSignInCode: (digest) => access.write(() => takeCode.get(digest)),
    saveRefresh: (record) => access.write(() => void save.run(record)),
    takeRefresh: (digest) => access.write(() => take.get(digest)),
    revokeToken: (jti, expiresAt) => access.write(() => void revoke.run(jti, expiresAt)),
    isRevoked: (...jtis) => access.read(() => jtis.some((jti) => revoked.get(jti) !== undefined)),
    spendToken: (jti, expiresAt) => access.write(() => spend.run(jti, expiresAt).changes > 0),
    revokeSubject: (subject, now) =>
      access.write(() => {
        revokeAll.run(subject, now);
        dropRefresh.run(subject, now);
        dropDevices.run(subject, now);
        if (subject === localSubject) dropCodes.run();
      }),
    revokedUntil: (subject) => access.read(() => revokedUntil.get(subject)),
    sweepCredentials: (now) =>
      access.write(() => {
        sweepCodes.run(now);
        sweepRefresh.run(now);
        sweepRevoked.run(now);
        sweepDevices.run(now);
      }),
  };
}
