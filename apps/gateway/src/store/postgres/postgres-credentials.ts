import { localSubject } from '../../ground/local-subject.ts';
import type { CredentialStore, RefreshRecord, SignInCode } from '../credential-store.ts';
import type { PostgresAccess } from './postgres-access.ts';
import { createPostgresApiKeys } from './postgres-api-keys.ts';

const dropCodes = { text: 'delete from sign_in_codes' };
/** Of several that save a code each comes after the one before, and sees it. */
const oneByOne = { text: 'lock table sign_in_codes in share row exclusive mode' };

/** The credential store on PostgreSQL. What is taken is deleted by the statement that reads it: of two nodes one has it. */
export function createPostgresCredentials(access: PostgresAccess): CredentialStore {
  return {
    ...createPostgresApiKeys(access),
    saveSignInCode({ digest, expiresAt }) {
      const text = 'insert into sign_in_codes (digest, expires_at) values ($1, $2)';
      access.write([oneByOne, dropCodes, { text, values: [digest, expiresAt] }]);
    },
    takeSignInCode(digest) {
      const text = 'delete from sign_in_codes where digest = $1 returning digest, expires_at as "expiresAt"';
      return access.write<SignInCode>([{ text, values: [digest] }])[0]?.[0];
    },
    saveRefresh({ digest, subject, role, signedInAt, endsAt, expiresAt }) {
      const text = `insert into refresh_tokens (digest, subject, role, signed_in_at, ends_at, expires_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (digest) do update set subject = excluded.subject, role = excluded.role,
          signed_in_at = excluded.signed_in_at, ends_at = excluded.ends_at, expires_at = excluded.expires_at`;
      access.write([{ text, values: [digest, subject, role, signedInAt, endsAt, expiresAt] }]);
    },
    takeRefresh(digest) {
      const text = `delete from refresh_tokens where digest = $1
        returning digest, subject, role, signed_in_at as "signedInAt", ends_at as "endsAt", expires_at as "expiresAt"`;
      return access.write<RefreshRecord>([{ text, values: [digest] }])[0]?.[0];
    },
    revokeToken(jti, expiresAt) {
      const text = `insert into revoked_tokens (jti, expires_at) values ($1, $2)
        on conflict (jti) do update set expires_at = greatest(revoked_tokens.expires_at, excluded.expires_at)`;
      access.write([{ text, values: [jti, expiresAt] }]);
    },
    isRevoked(...jtis) {
      const text = 'select 1 from revoked_tokens where jti = any($1) limit 1';
      return access.read({ text, values: [jtis] }).length > 0;
    },
    spendToken(jti, expiresAt) {
      const text = `insert into revoked_tokens (jti, expires_at) values ($1, $2)
        on conflict (jti) do nothing returning jti`;
      return access.write([{ text, values: [jti, expiresAt] }])[0]?.length === 1;
    },
    revokeSubject(subject, now) {
      const values = [subject, now];
      access.write([
        {
          text: `insert into revoked_subjects (subject, until) values ($1, $2)
            on conflict (subject) do update set until = greatest(revoked_subjects.until, excluded.until)`,
          values,
        },
        { text: 'delete from refresh_tokens where subject = $1 and signed_in_at <= $2', values },
        { text: 'delete from push_devices where owner_id = $1 and signed_in_at <= $2', values },
        ...(subject === localSubject ? [dropCodes] : []),
      ]);
    },
    revokedUntil(subject) {
      const text = 'select until from revoked_subjects where subject = $1';
      return access.read<{ until: number }>({ text, values: [subject] })[0]?.until;
    },
    sweepCredentials(now) {
      access.write(
        ['sign_in_codes', 'refresh_tokens', 'revoked_tokens', 'push_devices'].map((table) => ({
          text: `delete from ${table} where expires_at < $1`,
          values: [now],
        })),
      );
    },
  };
}
