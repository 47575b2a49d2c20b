import type { Audit } from '../ground/audit.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import { canonicalAddress } from './canonical-address.ts';
import { isGuess } from './refused-credential.ts';

const windowMs = 1_000;
const freePerWindow = 5;
const firstWaitMs = 1_000;
const longestWaitMs = 5 * 60_000;
const forgetAfterMs = 15 * 60_000;
const mostPeers = 10_000;

type Peer = { windowStart: number; inWindow: number; waits: number; blockedUntil: number; last: number };

/**
 * Slows guessing down, per peer and loopback included (A6): five failures within a second are let pass, then each
 * further one doubles the wait, until the peer was quiet for a quarter of an hour.
 *
 * A success clears nothing: else an attacker on the same address could use somebody's valid requests to start anew.
 * What is refused is logged and audited by address and reason; what only has to wait is not, so that guessing fills no disk.
 */
export class FailureLimit {
  readonly #clock: Clock;
  readonly #audit: Audit;
  readonly #logger: Logger;
  /** In the order of the last failure: the first is the one to forget. */
  readonly #peers = new Map<string, Peer>();

  constructor({ clock, audit, logger }: { clock: Clock; audit: Audit; logger: Logger }) {
    this.#clock = clock;
    this.#audit = audit;
    this.#logger = logger;
  }

  /** Does `work` for a peer unless it has to wait; counts the failure if its credential was a guess. Throws RATE_LIMITED. */
  async guard<T>(address: string, work: () => T | Promise<T>): Promise<T> {
    const peer = canonicalAddress(address);
    this.#refuseEarly(peer);
    try {
      return await work();
    } catch (error) {
      if (isGuess(error)) {
        // Others of the same peer may have failed meanwhile: many guesses at once are no way around the wait.
        this.#refuseEarly(peer);
        this.#count(peer);
      }
      this.#takeDown(peer, error);
      throw error;
    }
  }

  #takeDown(peer: string, error: unknown): void {
    if (!(error instanceof GatewayError)) return;
    // FORBIDDEN: it is a good credential, but for nothing here.
    if (error.code !== 'UNAUTHORIZED' && error.code !== 'FORBIDDEN') return;
    const reason = String(error.details?.reason ?? (error.code === 'FORBIDDEN' ? 'forbidden' : 'unknown'));
    this.#logger.warn({ peer, reason }, 'a credential was refused');
    const entry = { actor: `address ${peer}`, sessionId: null, action: 'authenticate', rules: [] };
    this.#audit.record({ ...entry, decision: 'deny', reason, inputHash: null });
  }

  #refuseEarly(peer: string): void {
    const waitMs = Math.ceil((this.#peers.get(peer)?.blockedUntil ?? 0) - this.#clock.elapsed());
    if (waitMs <= 0) return;
    const message = `too many failed attempts from your address: try again in ${Math.ceil(waitMs / 1_000)} s`;
    throw new GatewayError('RATE_LIMITED', message, { details: { retry_after_ms: waitMs } });
  }

  #count(address: string): void {
    const now = this.#clock.elapsed();
    this.#forget(now);
    const peer = this.#peers.get(address) ?? {
      ...{ windowStart: now, inWindow: 0, waits: 0, blockedUntil: 0, last: now },
    };
    if (now - peer.windowStart >= windowMs) Object.assign(peer, { windowStart: now, inWindow: 0 });
    peer.inWindow++;
    peer.last = now;
    if (peer.waits > 0 || peer.inWindow >= freePerWindow) {
      peer.blockedUntil = now + Math.min(longestWaitMs, firstWaitMs * 2 ** peer.waits);
      peer.waits++;
    }
    this.#peers.delete(address);
    this.#peers.set(address, peer);
  }

  #forget(now: number): void {
    for (const [address, { last }] of this.#peers) {
      if (this.#peers.size < mostPeers && now - last < forgetAfterMs) return;
      this.#peers.delete(address);
    }
  }
}
