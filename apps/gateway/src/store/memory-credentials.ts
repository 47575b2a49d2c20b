import type { ApiKeyRecord } from '../ground/api-key-record.ts';
import { localSubject } from '../ground/local-subject.ts';
import type { CredentialStore, RefreshRecord, SignInCode } from './credential-store.ts';

/** The credential store that lasts as long as the process. */
export function createMemoryCredentials(): CredentialStore {
  const refreshTokens = new Map<string, RefreshRecord>();
  let signInCode: SignInCode | undefined;
  const revokedUntil = new Map<string, number>();
  const subjectsUntil = new Map<string, number>();
  const keys = new Map<string, ApiKeyRecord>();
  const change = (id: string, changes: Partial<ApiKeyRecord>) => {
    const record = keys.get(id);
    if (record) keys.set(id, { ...record, ...changes });
    return record;
  };
  return {
    saveApiKey: (record) => void keys.set(record.id, { ...record }),
    apiKey: (id) => structuredClone(keys.get(id)),
    apiKeys: () => structuredClone([...keys.values()]),
    noteApiKeyUse: (id, now) => void change(id, { lastUsedAt: now }),
    revokeApiKey(id, now) {
      const record = change(id, { revokedAt: keys.get(id)?.revokedAt ?? now });
      if (record) revokedUntil.set(id, record.expiresAt ?? Number.POSITIVE_INFINITY);
    },
    saveSignInCode(code) {
      signInCode = { ...code };
    },
    takeSignInCode(digest) {
      if (signInCode?.digest !== digest) return undefined;
      const taken = signInCode;
      signInCode = undefined;
      return taken;
    },
    saveRefresh: (record) => void refreshTokens.set(record.digest, { ...record }),
    takeRefresh(digest) {
      const record = refreshTokens.get(digest);
      refreshTokens.delete(digest);
      return record;
    },
    revokeToken: (jti, expiresAt) =>
      void revokedUntil.set(jti, Math.max(expiresAt, revokedUntil.get(jti) ?? 0)),
    isRevoked: (...jtis) => jtis.some((jti) => revokedUntil.has(jti)),
    spendToken(jti, expiresAt) {
      if (revokedUntil.has(jti)) return false;
      revokedUntil.set(jti, expiresAt);
      return true;
    },
    revokeSubject(subject, now) {
      subjectsUntil.set(subject, Math.max(now, subjectsUntil.get(subject) ?? 0));
      for (const record of refreshTokens.values())
        if (record.subject === subject && record.signedInAt <= now) refreshTokens.delete(record.digest);
      if (subject === localSubject) signInCode = undefined;
    },
    revokedUntil: (subject) => subjectsUntil.get(subject),
    sweepCredentials(now) {
      if (signInCode && signInCode.expiresAt < now) signInCode = undefined;
      for (const { digest, expiresAt } of refreshTokens.values()) {
        if (expiresAt < now) refreshTokens.delete(digest);
      }
      for (const [jti, expiresAt] of revokedUntil) {
        if (expiresAt < now) revokedUntil.delete(jti);
      }
    },
  };
}
