import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import { digest } from './digest.ts';
import type { Attempt, Identity } from './identity.ts';
import { holderOf, type TicketScope, type Tickets, ticketLifetimeMs, ticketPrefix } from './ticket.ts';

const mostTickets = 10_000;

type Issued = TicketScope & { identity: Identity; until: number };

/** The tickets of a gateway that is alone: it remembers them. */
export class MemoryTickets implements Tickets {
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

  redeem(ticket: string, attempt: Attempt): Identity {
    const key = digest(ticket);
    const issued = this.#issued.get(key);
    this.#issued.delete(key);
    const isGood = issued !== undefined && issued.until > this.#clock.elapsed();
    return holderOf(isGood ? issued : undefined, attempt);
  }
}
