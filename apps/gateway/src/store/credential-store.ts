import type { ApiKeyRecord } from '../ground/api-key-record.ts';

/** What sign-in needs to remember. Only SHA-256 digests of secrets are stored. */
export interface CredentialStore {
  saveApiKey(record: ApiKeyRecord): void;
  apiKey(id: string): ApiKeyRecord | undefined;
  /** All there ever were, oldest first. */
  apiKeys(): ApiKeyRecord[];
  noteApiKeyUse(id: string, now: number): void;
  /** Void from now on; what was made with it is found revoked by its id, like a token. */
  revokeApiKey(id: string, now: number): void;
  /** The one before is void. */
  saveSignInCode(code: SignInCode): void;
  /** Takes it out: a code is used once. Undefined if it is unknown. */
  takeSignInCode(digest: string): SignInCode | undefined;
  saveRefresh(record: RefreshRecord): void;
  /** Takes the record out: a refresh token is used once. Undefined if it is unknown. */
  takeRefresh(digest: string): RefreshRecord | undefined;
  revokeToken(jti: string, expiresAt: number): void;
  /** Whether one of these is. */
  isRevoked(...jtis: readonly string[]): boolean;
  /** Revokes what is good once; false if somebody did before. Of several that do so at the same time one is the first. */
  spendToken(jti: string, expiresAt: number): boolean;
  /**
   * Ends every sign-in and every token that a user has at this moment; refresh tokens and devices are gone, and of who signs
   * in by links the code of one that nobody has used.
   */
  revokeSubject(subject: string, now: number): void;
  /** Up to when this user's sign-ins and tokens are void; undefined: they never were ended. */
  revokedUntil(subject: string): number | undefined;
  /** Forgets what expired before `now`. */
  sweepCredentials(now: number): void;
}

export type SignInCode = { digest: string; expiresAt: number };

export type RefreshRecord = {
  digest: string;
  subject: string;
  role: 'viewer' | 'driver';
  /** When somebody signed in, however often it was refreshed since. */
  signedInAt: number;
  /** The sign-in ends then, however often it is refreshed; `null`: never. */
  endsAt: number | null;
  expiresAt: number;
};
