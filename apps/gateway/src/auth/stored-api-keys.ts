import type { ApiKeyRecord } from '../ground/api-key-record.ts';
import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import { isSameDigest } from '../ground/is-same-digest.ts';
import type { Logger } from '../ground/logger.ts';
import type { FindApiKey } from './api-key.ts';
import { digest } from './digest.ts';
import { lapsedCredential } from './refused-credential.ts';

/** `hotplex_`, the key's id and 256 random bits: scanners for lost secrets can tell what it is, and it tells which one. */
const shape = /^hotplex_([0-9a-f]{12})_[\w-]{43}$/;
const noteUseEveryMs = 60_000;

type NewKey = Pick<ApiKeyRecord, 'name' | 'subject' | 'role'> & { lifetimeMs: number | undefined };

/** Makes a key. It is handed out once: only the record is kept. */
export function newApiKey(
  { name, subject, role, lifetimeMs }: NewKey,
  { ids, clock }: { ids: Ids; clock: Clock },
): { key: string; record: ApiKeyRecord } {
  const id = Buffer.from(ids.secret(6), 'base64url').toString('hex');
  const key = `hotplex_${id}_${ids.secret(32)}`;
  const createdAt = clock.now();
  const expiresAt = lifetimeMs === undefined ? null : createdAt + lifetimeMs;
  const record = { id, name, subject, digest: digest(key), role, createdAt, expiresAt };
  return { key, record: { ...record, lastUsedAt: null, revokedAt: null } };
}

type StoredApiKeysOptions = {
  store: { apiKey(id: string): ApiKeyRecord | undefined; noteApiKeyUse(id: string, now: number): void };
  clock: Clock;
  logger: Logger;
};

/** The keys that `hotplex keys` made, looked up anew each time: what was made or revoked meanwhile counts at once. */
export function createStoredApiKeys({ store, clock, logger }: StoredApiKeysOptions): FindApiKey {
  /** A key is no less good because the disk is full. */
  const noteUse = (id: string, now: number) => {
    try {
      store.noteApiKeyUse(id, now);
    } catch (error) {
      logger.warn({ id, error: String(error) }, 'the use of an API key was not taken down');
    }
  };
  return (text) => {
    const id = shape.exec(text)?.[1];
    const record = id === undefined ? undefined : store.apiKey(id);
    if (!record || !isSameDigest(record.digest, digest(text))) return undefined;
    const { subject, role, expiresAt, lastUsedAt } = record;
    const now = clock.now();
    if (record.revokedAt !== null) throw lapsedCredential('revoked', 'the API key was revoked');
    if (expiresAt !== null && expiresAt <= now)
      throw lapsedCredential('expired', 'the API key has expired: ask for another one');
    if (lastUsedAt === null || now - lastUsedAt >= noteUseEveryMs) noteUse(record.id, now);
    const life = { expiresAt, tokenId: record.id, signedInAt: null };
    return { subject, botId: null, role, method: 'api_key', ...life };
  };
}
