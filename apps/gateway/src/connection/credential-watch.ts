import type { Identity } from '../auth/identity.ts';
import type { Clock, Timer } from '../ground/clock.ts';

export type CredentialLimits = {
  /** How often it is asked whether the credentials of live connections were revoked, milliseconds. */
  revocationCheckMs: number;
  /** How long a connection may go on after its credential expired, milliseconds. */
  reauthGraceMs: number;
};

type WatchOptions = CredentialLimits & {
  clock: Clock;
  /** May throw while the store cannot be read: then it is asked again. */
  isRevoked(identity: Identity): boolean;
  /** The credential has expired: the client is asked for another one. */
  onExpired(graceMs: number): void;
  /** The connection has no right to go on. */
  onVoid(reason: string): void;
};

/**
 * Looks after the credential of a live connection (J6, J8). One that expires may be replaced within a grace; one that
 * was revoked is void at once, because whoever revoked it wanted its holder out.
 */
export class CredentialWatch {
  readonly #options: WatchOptions;
  #timer: Timer | undefined;
  /** On the monotonic clock; undefined while the credential is good. */
  #voidAt: number | undefined;

  constructor(identity: Identity, options: WatchOptions) {
    this.#options = options;
    this.renew(identity);
  }

  /** Another credential is in force from now on. */
  renew(identity: Identity): void {
    this.stop();
    this.#voidAt = undefined;
    this.#wait(identity);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** A credential without an end and without an id cannot become void here, and costs no timer, unless it is a key of the configuration. */
  #wait(identity: Identity): void {
    const { clock, revocationCheckMs } = this.#options;
    const { tokenId, expiresAt, method } = identity;
    if (tokenId === null && expiresAt === null && method !== 'api_key') return;
    // Never longer than the check: the wall clock may be set, and the machine may have slept.
    const untilExpiry = expiresAt === null ? revocationCheckMs : Math.max(0, expiresAt - clock.now());
    const untilNext = this.#voidAt === undefined ? untilExpiry : Math.max(0, this.#voidAt - clock.elapsed());
    this.#timer = clock.after(Math.min(revocationCheckMs, untilNext), () => this.#look(identity));
  }

  #look(identity: Identity): void {
    const { clock, reauthGraceMs, onExpired, onVoid } = this.#options;
    const isOver = this.#voidAt !== undefined && clock.elapsed() >= this.#voidAt;
    if (isOver || this.#isRevoked(identity)) {
      onVoid(isOver ? 'the credential has expired' : 'the credential was revoked');
      return;
    }
    const isExpired = identity.expiresAt !== null && identity.expiresAt <= clock.now();
    const isNew = isExpired && this.#voidAt === undefined;
    if (isNew) this.#voidAt = clock.elapsed() + reauthGraceMs;
    this.#wait(identity);
    if (isNew) onExpired(reauthGraceMs);
  }

  /** What cannot be known now is no reason to send everybody away (G11). */
  #isRevoked(identity: Identity): boolean {
    try {
      return this.#options.isRevoked(identity);
    } catch {
      return false;
    }
  }
}
