import { z } from 'zod';
import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import type { Attempt, Identity } from './identity.ts';
import type { Seal } from './seal.ts';
import { sentIdentity } from './sent-identity.ts';
import { holderOf, type TicketScope, type Tickets, ticketLifetimeMs, ticketPrefix } from './ticket.ts';

/** How long a used one is remembered after its time, ms: the clocks of two nodes differ by less. */
const clocksDifferMs = 10 * 60_000;
const sweepEveryMs = 10 * 60_000;

const content = z.object({
  identity: sentIdentity,
  origin: z.string().nullable(),
  session: z.string().exactOptional(),
  /** Unix milliseconds. */
  until: z.number(),
});

type SealedTicketsOptions = {
  clock: Clock;
  ids: Ids;
  /** That of all nodes. */
  store: {
    spendToken(id: string, expiresAt: number): boolean;
    sweepCredentials(now: number): void;
  };
  /** The same for all nodes. Each ticket has one of its own: none is used so often that its numbers repeat. */
  sealOf(id: string): Seal;
};

/** The tickets of a cluster: each says in itself what it is good for, readable by nodes alone, and the store knows the used. */
export class SealedTickets implements Tickets {
  readonly #options: SealedTicketsOptions;
  #sweptAt: number;

  constructor(options: SealedTicketsOptions) {
    this.#options = options;
    this.#sweptAt = options.clock.elapsed();
  }

  issue(identity: Identity, scope: TicketScope): string {
    const { clock, ids, sealOf } = this.#options;
    const id = ids.secret(16);
    const text = JSON.stringify({ identity, ...scope, until: clock.now() + ticketLifetimeMs });
    return `${ticketPrefix}${id}.${sealOf(id).seal(text)}`;
  }

  redeem(ticket: string, attempt: Attempt): Identity {
    const { clock, store } = this.#options;
    const [id = '', sealed = ''] = ticket.slice(ticketPrefix.length).split('.');
    const issued = this.#read(id, sealed);
    if (!issued || issued.until <= clock.now()) return holderOf(undefined, attempt);
    const isFirst = store.spendToken(`${ticketPrefix}${id}`, issued.until + clocksDifferMs);
    this.#sweep();
    const { identity, origin, session } = issued;
    return holderOf(isFirst ? { identity, origin, session } : undefined, attempt);
  }

  #read(id: string, sealed: string) {
    const text = this.#options.sealOf(id).open(sealed);
    // Another version may have other things to say.
    return text === undefined ? undefined : content.safeParse(JSON.parse(text)).data;
  }

  #sweep(): void {
    const { clock, store } = this.#options;
    if (clock.elapsed() - this.#sweptAt < sweepEveryMs) return;
    this.#sweptAt = clock.elapsed();
    store.sweepCredentials(clock.now());
  }
}
