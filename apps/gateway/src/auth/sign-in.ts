import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import { isSameDigest } from '../ground/is-same-digest.ts';
import { digest } from './digest.ts';
import { isRevoked, type Revocations } from './is-revoked.ts';
import { IssuedTokens } from './issued-tokens.ts';
import { unknownCredential } from './refused-credential.ts';
import { RotationGrace } from './rotation-grace.ts';
import type { SignToken } from './sign-token.ts';

const codeLifetimeMs = 60 * 60_000;
const accessLifetimeMs = 15 * 60_000;
const refreshLifetimeMs = 30 * 24 * 60 * 60_000;
/** Who signs in by the printed link: the person at the machine. */
const local = { subject: 'local', role: 'driver' } as const;

type Person = { subject: string; role: 'viewer' | 'driver' };
/** When somebody signed in and when he has to again, Unix milliseconds; `null`: never, if he comes back in time. */
type SignedIn = Person & { signedInAt: number; endsAt: number | null };
type RefreshRecord = SignedIn & { digest: string; expiresAt: number };

/** Where refresh tokens are remembered; only their digests are. */
export type SignInStore = Revocations & {
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

type SignInOptions = { clock: Clock; ids: Ids; signToken: SignToken; store: SignInStore };

/** Signs browsers in: a one-time code for the first visit, then refresh tokens that are spent once each. */
export class SignIn {
  readonly #options: SignInOptions;
  readonly #grace: RotationGrace;
  readonly #issued: IssuedTokens;
  #code: { digest: string; until: number } | undefined;

  constructor(options: SignInOptions) {
    this.#options = options;
    this.#grace = new RotationGrace(options.clock);
    this.#issued = new IssuedTokens(options.clock);
  }

  /** A new one-time code of 192 bits, good for an hour; the one before is void. */
  newCode(): string {
    const { ids, clock } = this.#options;
    const code = ids.secret(24);
    this.#code = { digest: digest(code), until: clock.elapsed() + codeLifetimeMs };
    return code;
  }

  /** Throws UNAUTHORIZED. */
  async redeemCode(code: string): Promise<Grant> {
    const { clock } = this.#options;
    const current = this.#code;
    if (!current || !isSameDigest(current.digest, digest(code)) || current.until <= clock.elapsed()) {
      throw unknownCredential(
        'this sign-in link was used before or has expired: press Enter in the gateway’s terminal for a new one',
      );
    }
    this.#code = undefined;
    return this.#grant(this.#newRefresh({ ...local, signedInAt: this.#nowOf(local.subject), endsAt: null }));
  }

  /** Signs in somebody whom others vouch for. */
  admit({ subject, role }: Person, lifetimeMs: number): Promise<Grant> {
    const endsAt = this.#options.clock.now() + lifetimeMs;
    return this.#grant(this.#newRefresh({ subject, role, signedInAt: this.#nowOf(subject), endsAt }));
  }

  /** Spends a refresh token for a new one. Throws UNAUTHORIZED. */
  async refresh(token: string): Promise<Grant> {
    const record = this.#take(digest(token));
    if (record) {
      const next = this.#newRefresh(record);
      this.#grace.remember(record.digest, next.token);
      this.#issued.move(record.digest, next.record.digest);
      return this.#grant(next);
    }
    const successor = this.#grace.newestAfter(token);
    // Taken out and put back: a successor that signed out meanwhile is not there any more.
    const live = successor === undefined ? undefined : this.#take(digest(successor));
    if (successor === undefined || !live) {
      throw unknownCredential(
        'you are signed out: open the link the gateway printed, or press Enter in its terminal for a new one',
      );
    }
    this.#options.store.saveRefresh(live);
    return this.#grant({ token: successor, record: live });
  }

  /** Ends this sign-in in all its tabs, access tokens included; returns whose it was. Safe to call twice. */
  signOut(token: string): string | undefined {
    const { store } = this.#options;
    const current = digest(this.#grace.newestAfter(token) ?? token);
    const record = store.takeRefresh(current);
    if (record) store.removePushDevicesOf(record.subject, record.signedInAt);
    for (const { tokenId, expiresAt } of this.#issued.take(current)) store.revokeToken(tokenId, expiresAt);
    return record?.subject;
  }

  /** Ends every sign-in and every token that a user has by now, on whatever device (J8). */
  signOutEverywhere(subject: string): void {
    this.#options.store.revokeSubject(subject, this.#options.clock.now());
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

  #newRefresh({ subject, role, signedInAt, endsAt }: SignedIn): { token: string; record: RefreshRecord } {
    const { store, clock, ids } = this.#options;
    const token = ids.secret(32);
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
    // Noted before it is signed, so that a sign-out meanwhile finds it.
    this.#issued.add(record.digest, { tokenId, expiresAt: now + lifetimeMs });
    return {
      accessToken: await signToken({ subject, tokenId, role, signedInAt, lifetimeMs }),
      expiresInSeconds: Math.floor(lifetimeMs / 1_000),
      subject,
      refreshToken: token,
      refreshSeconds: Math.floor((record.expiresAt - now) / 1_000),
    };
  }
}
