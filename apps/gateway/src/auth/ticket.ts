import type { Attempt, Identity } from './identity.ts';
import { unknownCredential } from './refused-credential.ts';

export const ticketPrefix = 'ticket_';
export const ticketLifetimeMs = 30_000;

/** What a ticket is good for, and for nothing else: a page, and the session that it named or a new one. */
export type TicketScope = { origin: string | null; session: string | undefined };

/** One-time passes of 30 seconds for opening a socket, bound to who asked, from which origin and for which session (A3). */
export interface Tickets {
  issue(identity: Identity, scope: TicketScope): string;
  /** Throws UNAUTHORIZED if it is unknown, used, expired or for something else; in every case it is void afterwards. */
  redeem(ticket: string, attempt: Attempt): Identity;
}

/** What was issued and is good still; undefined: nothing. Who has it, if this is what it is for. Throws UNAUTHORIZED. */
export function holderOf(
  issued: (TicketScope & { identity: Identity }) | undefined,
  { origin, session = [] }: Attempt,
): Identity {
  if (!issued || issued.origin !== origin)
    throw unknownCredential('the ticket was used before, has expired or is not for this page: get a new one');
  const isMeant = issued.session === undefined ? session.length === 0 : session.includes(issued.session);
  if (!isMeant)
    throw unknownCredential('the ticket is for another session: name this one when you ask for it');
  return { ...issued.identity, method: 'ticket' };
}
