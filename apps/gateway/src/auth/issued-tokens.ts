import type { Clock } from '../ground/clock.ts';

type IssuedToken = { tokenId: string; expiresAt: number };

/** Which access tokens that still live were made with which refresh token, so that signing out ends them too (J8). */
export class IssuedTokens {
  readonly #clock: Clock;
  readonly #byRefresh = new Map<string, IssuedToken[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(refreshDigest: string, token: IssuedToken): void {
    this.#sweep();
    this.#byRefresh.set(refreshDigest, [...(this.#byRefresh.get(refreshDigest) ?? []), token]);
  }

  /** The refresh token was exchanged for another one. */
  move(fromDigest: string, toDigest: string): void {
    const tokens = this.take(fromDigest);
    if (tokens.length > 0) this.#byRefresh.set(toDigest, tokens);
  }

  take(refreshDigest: string): IssuedToken[] {
    const tokens = this.#byRefresh.get(refreshDigest) ?? [];
    this.#byRefresh.delete(refreshDigest);
    return tokens;
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const [refreshDigest, tokens] of this.#byRefresh) {
      const live = tokens.filter(({ expiresAt }) => expiresAt > now);
      if (live.length > 0) this.#byRefresh.set(refreshDigest, live);
      else this.#byRefresh.delete(refreshDigest);
    }
  }
}
