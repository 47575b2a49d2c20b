import { describe, expect, it } from 'vitest';
import { MemoryTickets } from '../../src/auth/memory-tickets.ts';
import { createSeal } from '../../src/auth/seal.ts';
import { SealedTickets } from '../../src/auth/sealed-tickets.ts';
import { createClusterKeys } from '../../src/cluster/nats/cluster-keys.ts';
import type { Clock } from '../../src/ground/clock.ts';
import { createIds } from '../../src/ground/ids.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { alice, ticketsContract } from '../contracts/tickets-contract.ts';
import { createManualClock } from '../support/manual-clock.ts';

const ids = createIds();
const secret = 'a secret of these tests, 32 characters';
const scope = { origin: null, session: undefined };
const attempt = { address: '127.0.0.1', origin: null };

function openSealed(clock: Clock, { store = createMemoryStore(), secret: given = secret } = {}) {
  const keys = createClusterKeys(given);
  return new SealedTickets({ clock, ids, store, sealOf: (id) => createSeal(keys.derive('ticket', id)) });
}

describe('the tickets of a gateway that is alone', () =>
  ticketsContract((clock) => {
    const here = new MemoryTickets({ clock, ids });
    return { here, there: here };
  }));

describe('the tickets of a cluster', () => {
  ticketsContract((clock) => {
    const store = createMemoryStore();
    return { here: openSealed(clock, { store }), there: openSealed(clock, { store }) };
  });

  it('[A3] cannot be read, and are nothing to another cluster', () => {
    const clock = createManualClock();
    const ticket = openSealed(clock).issue(alice, scope);
    expect(Buffer.from(ticket.split('.')[1] ?? '', 'base64').toString('latin1')).not.toContain('alice');
    expect(() => openSealed(clock, { secret: `${secret}!` }).redeem(ticket, attempt)).toThrow(/used before/);
    const other = openSealed(clock).issue(alice, scope);
    const mixed = `${ticket.split('.')[0]}.${other.split('.')[1]}`;
    expect(() => openSealed(clock).redeem(mixed, attempt)).toThrow(/used before/);
  });

  it('[G10] are forgotten after their time, and not before a node whose clock is late would take them', () => {
    const store = createMemoryStore();
    const [clock, late] = [createManualClock(1_000_000), createManualClock(1_000_000)];
    const [here, behind] = [openSealed(clock, { store }), openSealed(late, { store })];
    const spent: string[] = [];
    const spend = () => {
      const ticket = here.issue(alice, scope);
      here.redeem(ticket, attempt);
      spent.push(`${ticket.split('.')[0]}`);
      return ticket;
    };
    const ticket = spend();
    clock.advance(10 * 60_000);
    spend();
    expect(() => behind.redeem(ticket, attempt)).toThrow(/used before/);
    clock.advance(10 * 60_000);
    spend();
    expect(spent.map((id) => store.isRevoked(id))).toEqual([false, true, true]);
  });
});
