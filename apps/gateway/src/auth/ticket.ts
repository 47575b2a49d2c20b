import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import { digest } from './digest.ts';
import type { Attempt, Identity } from './identity.ts';
import { unknownCredential } from './refused-credential.ts';

export const ticketPrefix = 'ticket_';
export const ticketLifetimeMs = 30_000;
const mostTickets = 10_000;

/** What a ticket is good for, and for nothing else: a page, and the session that it named or a new one. */
export type TicketScope = { origin: string | null; session: string | undefined };
type Issued = TicketScope & { identity: Identity; until: number };

/** One-time passes of 30 seconds for opening a socket, bound to who asked, from which origin and for which session (A3). */
export class Tickets {
  readonly #clock: Clock;
  readonly #ids: Ids;
  /** Oldest first. */
  readonly #issued = new Map<string, Issued>();

  constructor({ clock, ids }: { clock: Clock; ids: Ids }) {
    this.#clock = clock;
    this.#ids = ids;
  }

  issue(identity: Identity, scope: TicketScope): string {
    const now = this.#clock.elapsed();
    for (const [issued, { until }] of this.#issued) {
      if (until > now && this.#issued.size < mostTickets) break;
      this.#issued.delete(issued);
    }
    const ticket = `${ticketPrefix}${this.#ids.secret(32)}`;
    this.#issued.set(digest(ticket), { ...scope, identity, until: now + ticketLifetimeMs });
    return ticket;
  }

  /** Throws UNAUTHORIZED if it is unknown, used, expired or for something else; in every case it is void afterwards. */
  redeem(ticket: string, { origin, session = [] }: Attempt): Identity {
    const key = digest(ticket);
    const issued = this.#issued.get(key);
    this.#issued.delete(key);
    if (!issued || issued.until <= this.#clock.elapsed() || issued.origin !== origin)
      throw unknownCredential(
        'the ticket was used before, has expired or is not for this page: get a new one',
      );
    const isMeant = issued.session === undefined ? session.length === 0 : session.includes(issued.session);
    if (!isMeant)
      throw unknownCredential('the ticket is for another session: name this one when you ask for it');
    return { ...issued.identity, method: 'ticket' };
  }
}
