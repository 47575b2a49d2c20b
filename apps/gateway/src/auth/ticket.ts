import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import { sha256 } from './api-key.ts';
import type { Identity } from './identity.ts';

export const ticketPrefix = 'ticket_';
export const ticketLifetimeMs = 30_000;

type Issued = { identity: Identity; origin: string | null; expiresAt: number };

/** One-time passes of 30 seconds for opening a socket, bound to who asked and from which origin (A3). */
export class Tickets {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #issued = new Map<string, Issued>();

  constructor({ clock, ids }: { clock: Clock; ids: Ids }) {
    this.#clock = clock;
    this.#ids = ids;
  }

  issue(identity: Identity, origin: string | null): string {
    const now = this.#clock.elapsed();
    for (const [digest, { expiresAt }] of this.#issued) if (expiresAt < now) this.#issued.delete(digest);
    const ticket = `${ticketPrefix}${this.#ids.secret(32)}`;
    this.#issued.set(sha256(ticket).toString('hex'), { identity, origin, expiresAt: now + ticketLifetimeMs });
    return ticket;
  }

  /** Undefined if it is unknown, used, expired or comes from another origin; in every case it is void afterwards. */
  redeem(ticket: string, origin: string | null): Identity | undefined {
    const digest = sha256(ticket).toString('hex');
    const issued = this.#issued.get(digest);
    this.#issued.delete(digest);
    if (!issued || issued.expiresAt < this.#clock.elapsed() || issued.origin !== origin) return undefined;
    return { ...issued.identity, method: 'ticket' };
  }
}
