import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ApiKeyRecord, CredentialStore, SessionStore } from '../../src/store/store.ts';

/** What sign-in remembers. */
export function storeCredentialsContract(open: () => Promise<SessionStore & CredentialStore>): void {
  let store: SessionStore & CredentialStore;

  beforeEach(async () => {
    store = await open();
    onTestFinished(() => store.close());
  });

  describe('API keys', () => {
    const record = (id: string, expiresAt: number | null = null): ApiKeyRecord => ({
      ...{ id, name: 'ci', digest: `digest of ${id}`, role: 'viewer', createdAt: 1_000, expiresAt },
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

  describe('tokens', () => {
    it('[J5] a refresh token can be taken once', () => {
      const record = { digest: 'digest-1', subject: 'alice', expiresAt: 5_000 };
      store.saveRefresh(record);
      store.saveRefresh({ digest: 'digest-2', subject: 'bob', expiresAt: 5_000 });
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
    });

    it('[J8] forgets what has expired and nothing else', () => {
      store.revokeToken('old', 1_000);
      store.revokeToken('new', 3_000);
      store.saveRefresh({ digest: 'old', subject: 'alice', expiresAt: 1_000 });
      store.saveRefresh({ digest: 'new', subject: 'alice', expiresAt: 3_000 });
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
