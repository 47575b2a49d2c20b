import type { Audit } from '../ground/audit.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import { tooOften } from '../ground/too-often.ts';
import { canonicalAddress } from './canonical-address.ts';
import { isGuess } from './refused-credential.ts';

const windowMs = 1_000;
const freePerWindow = 5;
const firstWaitMs = 1_000;
const longestWaitMs = 5 * 60_000;
const forgetAfterMs = 15 * 60_000;
const mostPeers = 10_000;

/** A credential that was not taken: from where, and why. */
export type RefusedPeer = { peer: string; reason: string };

type Peer = { windowStart: number; inWindow: number; waits: number; blockedUntil: number; last: number };

/** Has refused credentials logged, and taken down in the audit log. */
export function takeDown({ audit, logger }: { audit: Audit; logger: Logger }) {
  return ({ peer, reason }: RefusedPeer): void => {
    logger.warn({ peer, reason }, 'a credential was refused');
    const entry = { actor: `address ${peer}`, sessionId: null, action: 'authenticate', rules: [] };
    audit.record({ ...entry, decision: 'deny', reason, inputHash: null });
  };
}

/**
 * Slows guessing down, per peer and loopback included (A6): five failures within a second are let pass, then each
 * further one doubles the wait, until the peer was quiet for a quarter of an hour.
 *
 * A success clears nothing: else an attacker on the same address could use somebody's valid requests to start anew.
 * What is refused is told by address and reason; what only has to wait is not, so that guessing fills no disk.
 */
export class FailureLimit {
  readonly #clock: Clock;
  readonly #onRefused: (refused: RefusedPeer) => void;
  /** In the order of the last failure: the first is the one to forget. */
  readonly #peers = new Map<string, Peer>();

  constructor({ clock, onRefused }: { clock: Clock; onRefused(refused: RefusedPeer): void }) {
    this.#clock = clock;
    this.#onRefused = onRefused;
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
      this.#tell(peer, error);
      throw error;
    }
  }

  #tell(peer: string, error: unknown): void {
    if (!(error instanceof GatewayError)) return;
    // FORBIDDEN: it is a good credential, but for nothing here.
    if (error.code !== 'UNAUTHORIZED' && error.code !== 'FORBIDDEN') return;
    const reason = String(error.details?.reason ?? (error.code === 'FORBIDDEN' ? 'forbidden' : 'unknown'));
    this.#onRefused({ peer, reason });
  }

  #refuseEarly(peer: string): void {
    const waitMs = Math.ceil((this.#peers.get(peer)?.blockedUntil ?? 0) - this.#clock.elapsed());
    if (waitMs > 0) throw tooOften('too many failed attempts from your address', waitMs);
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
