import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ApiKeyRecord } from '../../src/ground/api-key-record.ts';
import type { CredentialStore, RefreshRecord, SessionStore } from '../../src/store/store.ts';

/** What sign-in remembers. */
export function storeCredentialsContract(open: () => Promise<SessionStore & CredentialStore>): void {
  let store: SessionStore & CredentialStore;

  beforeEach(async () => {
    store = await open();
    onTestFinished(() => store.close());
  });

  describe('API keys', () => {
    const record = (id: string, expiresAt: number | null = null): ApiKeyRecord => ({
      ...{
        id,
        name: 'ci',
        subject: `key:ci#${id}`,
        digest: `digest of ${id}`,
        role: 'viewer',
        createdAt: 1_000,
        expiresAt,
      },
      ...{ lastUsedAt: null, revokedAt: null },
    });

    it('are found by their id, and listed in the order they were made', () => {
      store.saveApiKey(record('a'));
      store.saveApiKey(record('b', 9_000));
      expect(store.apiKey('b')).toEqual(record('b', 9_000));
      expect(store.apiKey('c')).toBeUndefined();
      store.noteApiKeyUse('a', 2_000);
      expect(store.apiKeys()).toEqual([{ ...record('a'), lastUsedAt: 2_000 }, record('b', 9_000)]);
    });

    it('[J8] stay revoked from the first time on, for whatever was made with them', () => {
      store.saveApiKey(record('a'));
      store.saveApiKey(record('b', 9_000));
      for (const now of [3_000, 4_000]) for (const id of ['a', 'b', 'c']) store.revokeApiKey(id, now);
      expect(store.apiKeys().map(({ revokedAt }) => revokedAt)).toEqual([3_000, 3_000]);
      expect(['a', 'b', 'c'].map((id) => store.isRevoked(id))).toEqual([true, true, false]);
      store.sweepCredentials(8_000);
      expect(store.isRevoked('b')).toBe(true);
      store.sweepCredentials(Date.UTC(2126, 0));
      expect(['a', 'b'].map((id) => store.isRevoked(id))).toEqual([true, false]);
    });
  });

  describe('the code of a sign-in link', () => {
    it('is taken once, and a new one makes the one before void', () => {
      store.saveSignInCode({ digest: 'a', expiresAt: 5_000 });
      store.saveSignInCode({ digest: 'b', expiresAt: 6_000 });
      expect(store.takeSignInCode('a')).toBeUndefined();
      expect(store.takeSignInCode('b')).toEqual({ digest: 'b', expiresAt: 6_000 });
      expect(store.takeSignInCode('b')).toBeUndefined();
    });

    it('[J8] goes with the sign-ins of whom it is for, and with those of nobody else', () => {
      store.saveSignInCode({ digest: 'a', expiresAt: 5_000 });
      store.revokeSubject('alice', 1_000);
      expect(store.takeSignInCode('a')).toBeDefined();
      store.saveSignInCode({ digest: 'b', expiresAt: 5_000 });
      store.revokeSubject('local', 1_000);
      expect(store.takeSignInCode('b')).toBeUndefined();
    });

    it('is forgotten once it has expired', () => {
      store.saveSignInCode({ digest: 'a', expiresAt: 5_000 });
      store.sweepCredentials(5_001);
      expect(store.takeSignInCode('a')).toBeUndefined();
      store.saveSignInCode({ digest: 'a', expiresAt: 5_000 });
      store.sweepCredentials(5_000);
      expect(store.takeSignInCode('a')).toBeDefined();
    });
  });

  describe('tokens', () => {
    const refresh = (digest: string, fields: Partial<RefreshRecord> = {}): RefreshRecord => ({
      ...{ digest, subject: 'alice', role: 'driver', signedInAt: 500, endsAt: null, expiresAt: 5_000 },
      ...fields,
    });

    it('[J5] a refresh token can be taken once', () => {
      const record = refresh('digest-1', { role: 'viewer', endsAt: 9_000 });
      store.saveRefresh(record);
      store.saveRefresh(refresh('digest-2', { subject: 'bob' }));
      expect(store.takeRefresh('digest-1')).toEqual(record);
      expect(store.takeRefresh('digest-1')).toBeUndefined();
      expect(store.takeRefresh('digest-3')).toBeUndefined();
      expect(store.takeRefresh('digest-2')?.subject).toBe('bob');
    });

    it('[J8] a token stays revoked, also when it is revoked again for a shorter time', () => {
      expect(store.isRevoked('jti-1')).toBe(false);
      store.revokeToken('jti-1', 5_000);
      store.revokeToken('jti-1', 1_000);
      store.sweepCredentials(4_000);
      expect(store.isRevoked('jti-1')).toBe(true);
      expect(store.isRevoked('jti-2')).toBe(false);
      expect([store.isRevoked('jti-2', 'jti-1'), store.isRevoked('jti-2', 'jti-3')]).toEqual([true, false]);
    });

    it('[A3] what is good once is spent once, and is void then, until it has expired', () => {
      store.revokeToken('revoked', 5_000);
      expect(['ticket', 'other', 'ticket', 'revoked'].map((id) => store.spendToken(id, 3_000))).toEqual([
        ...[true, true, false, false],
      ]);
      expect(store.isRevoked('ticket')).toBe(true);
      store.sweepCredentials(3_000);
      expect(store.spendToken('ticket', 3_000)).toBe(false);
      store.sweepCredentials(3_001);
      expect(['ticket', 'revoked'].map((id) => store.isRevoked(id))).toEqual([false, true]);
    });

    it('[J8] of a user everything up to a moment is void, and never less again', () => {
      expect(store.revokedUntil('alice')).toBeUndefined();
      store.revokeSubject('alice', 3_000);
      store.revokeSubject('alice', 2_000);
      store.revokeSubject('bob', 1_000);
      store.sweepCredentials(Date.UTC(2126, 0));
      expect(['alice', 'bob', 'carol'].map((user) => store.revokedUntil(user))).toEqual([
        ...[3_000, 1_000, undefined],
      ]);
    });

    it('[J8] with the sign-ins of a user their refresh tokens go, younger ones and those of others do not', () => {
      store.saveRefresh(refresh('old', { signedInAt: 1_000 }));
      store.saveRefresh(refresh('young', { signedInAt: 1_001 }));
      store.saveRefresh(refresh('of bob', { subject: 'bob', signedInAt: 1_000 }));
      store.revokeSubject('alice', 1_000);
      expect(['old', 'young', 'of bob'].map((digest) => store.takeRefresh(digest) !== undefined)).toEqual([
        ...[false, true, true],
      ]);
    });

    it('[J8] forgets what has expired and nothing else', () => {
      store.revokeToken('old', 1_000);
      store.revokeToken('new', 3_000);
      store.saveRefresh(refresh('old', { expiresAt: 1_000 }));
      store.saveRefresh(refresh('new', { expiresAt: 3_000 }));
      store.sweepCredentials(1_000);
      expect(store.isRevoked('old')).toBe(true);
      store.sweepCredentials(2_000);
      expect(store.isRevoked('old')).toBe(false);
      expect(store.isRevoked('new')).toBe(true);
      expect(store.takeRefresh('old')).toBeUndefined();
      expect(store.takeRefresh('new')).toBeDefined();
    });
  });
}
