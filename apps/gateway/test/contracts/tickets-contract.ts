import { expect, it } from 'vitest';
import type { Identity } from '../../src/auth/identity.ts';
import type { Tickets } from '../../src/auth/ticket.ts';
import type { Clock } from '../../src/ground/clock.ts';
import { createManualClock } from '../support/manual-clock.ts';

export const alice: Identity = {
  ...{ subject: 'alice', botId: 'bot', role: 'driver', scopes: ['session:read'], method: 'token' },
  ...{ expiresAt: 9_000_000, tokenId: 'jti', signedInAt: 1_000 },
};
const page = 'https://chat.example';
const attempt = { address: '127.0.0.1', origin: page };

/** What whoever opens sockets relies on, wherever a ticket was made. */
export function ticketsContract(open: (clock: Clock) => { here: Tickets; there: Tickets }): void {
  const opened = () => {
    const clock = createManualClock();
    return { clock, ...open(clock) };
  };
  const used = 'the ticket was used before, has expired or is not for this page: get a new one';

  it('[A3] a ticket is good once and says who asked for it, with all that he may', () => {
    const { here, there } = opened();
    const ticket = here.issue(alice, { origin: page, session: undefined });
    expect(ticket).toMatch(/^ticket_.{40,}/);
    expect(there.redeem(ticket, attempt)).toEqual({ ...alice, method: 'ticket' });
    for (const node of [here, there]) expect(() => node.redeem(ticket, attempt)).toThrow(used);
  });

  it('[A3] it is good for 30 seconds', () => {
    const { clock, here, there } = opened();
    const tickets = [1, 2].map(() => here.issue(alice, { origin: page, session: undefined }));
    clock.advance(29_999);
    expect(there.redeem(tickets[0] ?? '', attempt).subject).toBe('alice');
    clock.advance(1);
    expect(() => there.redeem(tickets[1] ?? '', attempt)).toThrow(used);
  });

  it('[A3] it is for one page and one session, and void after another try', () => {
    const { here, there } = opened();
    const scopes = [
      [{ origin: null, session: undefined }, 'not for this page'],
      [{ origin: 'https://evil.example', session: undefined }, 'not for this page'],
      [{ origin: page, session: 's1' }, 'for another session'],
    ] as const;
    for (const [scope, sentence] of scopes) {
      const ticket = here.issue(alice, scope);
      expect(() => there.redeem(ticket, attempt)).toThrow(sentence);
      expect(() => there.redeem(ticket, { ...attempt, ...scope, session: ['s1'] })).toThrow(used);
    }
    const named = here.issue(alice, { origin: page, session: 's1' });
    expect(there.redeem(named, { ...attempt, session: ['id', 's1'] }).subject).toBe('alice');
  });

  it('what is no ticket of ours is a guess', () => {
    const { here, there } = opened();
    const ticket = here.issue(alice, { origin: page, session: undefined });
    for (const guess of ['ticket_', 'ticket_.', 'ticket_a.b', `${ticket.slice(0, -8)}AAAAAAAA`])
      expect(() => there.redeem(guess, attempt)).toThrow(used);
    expect(there.redeem(ticket, attempt).subject).toBe('alice');
  });
}
