import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import { digest } from './digest.ts';
import type { Identity } from './identity.ts';
import { unknownCredential } from './refused-credential.ts';

export const ticketPrefix = 'ticket_';
export const ticketLifetimeMs = 30_000;
const mostTickets = 10_000;

type Issued = { identity: Identity; origin: string | null; until: number };

/** One-time passes of 30 seconds for opening a socket, bound to who asked and from which origin (A3). */
export class Tickets {
  readonly #clock: Clock;
  readonly #ids: Ids;
  /** Oldest first. */
  readonly #issued = new Map<string, Issued>();

  constructor({ clock, ids }: { clock: Clock; ids: Ids }) {
    this.#clock = clock;
    this.#ids = ids;
  }

  issue(identity: Identity, origin: string | null): string {
    const now = this.#clock.elapsed();
    for (const [issued, { until }] of this.#issued) {
      if (until > now && this.#issued.size < mostTickets) break;
      this.#issued.delete(issued);
    }
    const ticket = `${ticketPrefix}${this.#ids.secret(32)}`;
    this.#issued.set(digest(ticket), { identity, origin, until: now + ticketLifetimeMs });
    return ticket;
  }

  /** Throws UNAUTHORIZED if it is unknown, used, expired or from another origin; in every case it is void afterwards. */
  redeem(ticket: string, origin: string | null): Identity {
    const key = digest(ticket);
    const issued = this.#issued.get(key);
    this.#issued.delete(key);
    if (!issued || issued.until <= this.#clock.elapsed() || issued.origin !== origin)
      throw unknownCredential(
        'the ticket was used before, has expired or is not for this page: get a new one',
      );
    return { ...issued.identity, method: 'ticket' };
  }
}
