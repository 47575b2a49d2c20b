import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import { sha256 } from './api-key.ts';
import type { Tokens } from './token.ts';

const codeLifetimeMs = 60 * 60_000;
const accessLifetimeMs = 15 * 60_000;
const refreshLifetimeMs = 30 * 24 * 60 * 60_000;
/** Two tabs may refresh with the same cookie at once; the second one within this time gets in, too. */
const raceGraceMs = 10_000;
/** Who signs in by the printed link: the person at the machine. */
const localSubject = 'local';

type RefreshRecord = { digest: string; subject: string; expiresAt: number };
export type RefreshStore = {
  saveRefresh(record: RefreshRecord): void;
  takeRefresh(digest: string): RefreshRecord | undefined;
};
export type Grant = {
  accessToken: string;
  expiresInSeconds: number;
  subject: string;
  refreshToken: string;
  refreshSeconds: number;
};

const digestOf = (secret: string) => sha256(secret).toString('hex');

/** Signs browsers in: a one-time code for the first visit, then refresh tokens that are used once each. */
export class SignIn {
  readonly #options: { clock: Clock; ids: Ids; tokens: Tokens; store: RefreshStore };
  #code: { digest: string; expiresAt: number } | undefined;
  readonly #justUsed = new Map<string, { subject: string; until: number }>();

  constructor(options: { clock: Clock; ids: Ids; tokens: Tokens; store: RefreshStore }) {
    this.#options = options;
  }

  /** A new one-time code for one hour; the one before is void. */
  newCode(): string {
    const code = this.#options.ids.secret(24);
    this.#code = { digest: digestOf(code), expiresAt: this.#options.clock.now() + codeLifetimeMs };
    return code;
  }

  async redeemCode(code: string): Promise<Grant> {
    const current = this.#code;
    if (!current || current.digest !== digestOf(code) || current.expiresAt < this.#options.clock.now()) {
      throw new GatewayError(
        'UNAUTHORIZED',
        'this sign-in link was used before or has expired: press Enter in the gateway’s terminal for a new one',
      );
    }
    this.#code = undefined;
    return this.#grant(localSubject);
  }

  async refresh(token: string): Promise<Grant> {
    const { store, clock } = this.#options;
    const digest = digestOf(token);
    const record = store.takeRefresh(digest);
    const now = clock.now();
    if (record && record.expiresAt >= now) {
      this.#justUsed.set(digest, { subject: record.subject, until: now + raceGraceMs });
      return this.#grant(record.subject);
    }
    for (const [key, { until }] of this.#justUsed) if (until < now) this.#justUsed.delete(key);
    const raced = this.#justUsed.get(digest);
    if (raced) return this.#grant(raced.subject);
    throw new GatewayError(
      'UNAUTHORIZED',
      'you are signed out: open the link the gateway printed, or press Enter in its terminal for a new one',
    );
  }

  signOut(token: string): void {
    const digest = digestOf(token);
    this.#options.store.takeRefresh(digest);
    this.#justUsed.delete(digest);
  }

  async #grant(subject: string): Promise<Grant> {
    const { store, clock, ids, tokens } = this.#options;
    const refreshToken = ids.secret(32);
    store.saveRefresh({
      digest: digestOf(refreshToken),
      subject,
      expiresAt: clock.now() + refreshLifetimeMs,
    });
    const accessToken = await tokens.sign(subject, accessLifetimeMs);
    return {
      accessToken,
      expiresInSeconds: accessLifetimeMs / 1_000,
      subject,
      refreshToken,
      refreshSeconds: refreshLifetimeMs / 1_000,
    };
  }
}
