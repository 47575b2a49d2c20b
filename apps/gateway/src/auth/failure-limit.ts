import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';

const free = 5;
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;
const forgetMs = 10 * 60_000;

type Failures = { count: number; last: number; blockedUntil: number };

/** Slows down guessing, per peer: a few failures are free, then each one doubles the wait. Loopback is not exempt (A6). */
export class FailureLimit {
  readonly #clock: Clock;
  readonly #peers = new Map<string, Failures>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Throws RATE_LIMITED while the peer has to wait. */
  check(peer: string): void {
    const wait = (this.#peers.get(peer)?.blockedUntil ?? 0) - this.#clock.elapsed();
    if (wait <= 0) return;
    const retryAfter = Math.ceil(wait);
    throw new GatewayError(
      'RATE_LIMITED',
      `too many failed attempts: try again in ${Math.ceil(wait / 1_000)} s`,
      {
        details: { retry_after_ms: retryAfter },
      },
    );
  }

  fail(peer: string): void {
    const now = this.#clock.elapsed();
    this.#forget(now);
    const count = (this.#peers.get(peer)?.count ?? 0) + 1;
    const wait = count <= free ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** (count - free - 1));
    this.#peers.set(peer, { count, last: now, blockedUntil: now + wait });
  }

  succeed(peer: string): void {
    this.#peers.delete(peer);
  }

  #forget(now: number): void {
    for (const [peer, { last }] of this.#peers) if (now - last > forgetMs) this.#peers.delete(peer);
  }
}
