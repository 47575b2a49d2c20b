import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import { localSubject } from '../ground/local-subject.ts';
import { digest } from './digest.ts';
import { isRevoked, type Revocations, signInIdOf } from './is-revoked.ts';
import type { RefreshSuccession } from './refresh-succession.ts';
import { unknownCredential } from './refused-credential.ts';
import { newSignInCode, type SignInCodeStore } from './sign-in-code.ts';
import type { SignToken } from './sign-token.ts';

const accessLifetimeMs = 15 * 60_000;
const refreshLifetimeMs = 30 * 24 * 60 * 60_000;
/** Who signs in by the printed link. */
const local = { subject: localSubject, role: 'driver' } as const;

type Person = { subject: string; role: 'viewer' | 'driver' };
/** When somebody signed in and when he has to again, Unix milliseconds; `null`: never, if he comes back in time. */
type SignedIn = Person & { signedInAt: number; endsAt: number | null };
type RefreshRecord = SignedIn & { digest: string; expiresAt: number };

/** Where codes and refresh tokens are remembered; only their digests are. */
export type SignInStore = Revocations &
  SignInCodeStore & {
    saveRefresh(record: RefreshRecord): void;
    takeRefresh(digest: string): RefreshRecord | undefined;
    revokeToken(jti: string, expiresAt: number): void;
    revokeSubject(subject: string, now: number): void;
    /** Browsers that are called for a sign-in are called no more. */
    removePushDevicesOf(subject: string, signedInAt: number): void;
  };

export type Grant = {
  accessToken: string;
  expiresInSeconds: number;
  subject: string;
  refreshToken: string;
  refreshSeconds: number;
};

type SignInOptions = {
  clock: Clock;
  ids: Ids;
  signToken: SignToken;
  store: SignInStore;
  succession: RefreshSuccession;
  /** The code of a link is good for nothing any more. */
  onCodeEnded(): void;
};

/** Signs browsers in: a one-time code for the first visit, then refresh tokens that are spent once each. */
export class SignIn {
  readonly #options: SignInOptions;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  /** A new one-time code, good for an hour; the one before is void. */
  newCode(): string {
    return newSignInCode(this.#options);
  }

  /** Throws UNAUTHORIZED. */
  async redeemCode(code: string): Promise<Grant> {
    const { clock, store, onCodeEnded } = this.#options;
    const found = store.takeSignInCode(digest(code));
    if (found) onCodeEnded();
    if (!found || found.expiresAt <= clock.now()) {
      throw unknownCredential(
        'this sign-in link was used before or has expired: hotplex up prints a new one, as does Enter in the gateway’s terminal',
      );
    }
    return this.#grant(this.#newRefresh({ ...local, signedInAt: this.#nowOf(local.subject), endsAt: null }));
  }

  /** Signs in somebody whom others vouch for. */
  admit({ subject, role }: Person, lifetimeMs: number): Promise<Grant> {
    const endsAt = this.#options.clock.now() + lifetimeMs;
    return this.#grant(this.#newRefresh({ subject, role, signedInAt: this.#nowOf(subject), endsAt }));
  }

  /** Spends a refresh token for a new one. Throws UNAUTHORIZED. */
  async refresh(token: string): Promise<Grant> {
    const { store, succession } = this.#options;
    const record = this.#take(digest(token));
    if (record) return this.#grant(this.#newRefresh(record, succession.follow(token)));
    for (const successor of succession.after(token)) {
      const live = this.#take(digest(successor));
      if (!live) continue;
      // Taken out and put back: a successor that signed out meanwhile is not there any more.
      store.saveRefresh(live);
      return this.#grant({ token: successor, record: live });
    }
    throw unknownCredential(
      'you are signed out: open a new link: hotplex up prints one, as does Enter in the gateway’s terminal',
    );
  }

  /** Ends this sign-in in all its tabs, access tokens included; returns whose it was. Safe to call twice. */
  signOut(token: string): string | undefined {
    const { store, clock, succession } = this.#options;
    for (const each of [token, ...succession.after(token)]) {
      const record = store.takeRefresh(digest(each));
      if (!record) continue;
      const { subject, signedInAt } = record;
      store.removePushDevicesOf(subject, signedInAt);
      // No access token of it lives longer, also by the clock of another node.
      store.revokeToken(signInIdOf({ subject, signedInAt }), clock.now() + 2 * accessLifetimeMs);
      return subject;
    }
    return undefined;
  }

  /** Ends every sign-in and every token that a user has by now, on whatever device, and his link that nobody opened (J8). */
  signOutEverywhere(subject: string): void {
    const { store, clock, onCodeEnded } = this.#options;
    store.revokeSubject(subject, clock.now());
    if (subject === localSubject) onCodeEnded();
  }

  /** Who signs in now does so after all that was ended, also where the clock was set back since. */
  #nowOf(subject: string): number {
    const { clock, store } = this.#options;
    return Math.max(clock.now(), (store.revokedUntil(subject) ?? 0) + 1);
  }

  /** What is taken out and is not good any more is gone. */
  #take(refreshDigest: string): RefreshRecord | undefined {
    const { store, clock } = this.#options;
    const record = store.takeRefresh(refreshDigest);
    if (!record || record.expiresAt <= clock.now()) return undefined;
    return isRevoked({ ...record, tokenId: null }, store) ? undefined : record;
  }

  #newRefresh(
    { subject, role, signedInAt, endsAt }: SignedIn,
    token = this.#options.ids.secret(32),
  ): { token: string; record: RefreshRecord } {
    const { store, clock } = this.#options;
    const expiresAt = Math.min(clock.now() + refreshLifetimeMs, endsAt ?? Number.POSITIVE_INFINITY);
    const record = { digest: digest(token), subject, role, signedInAt, endsAt, expiresAt };
    store.saveRefresh(record);
    return { token, record };
  }

  async #grant({ token, record }: { token: string; record: RefreshRecord }): Promise<Grant> {
    const { clock, ids, signToken } = this.#options;
    const { subject, role, signedInAt } = record;
    const tokenId = ids.uuid();
    const now = clock.now();
    const lifetimeMs = Math.min(accessLifetimeMs, record.expiresAt - now);
    return {
      accessToken: await signToken({ subject, tokenId, role, signedInAt, lifetimeMs }),
      expiresInSeconds: Math.floor(lifetimeMs / 1_000),
      subject,
      refreshToken: token,
      refreshSeconds: Math.floor((record.expiresAt - now) / 1_000),
    };
  }
}
