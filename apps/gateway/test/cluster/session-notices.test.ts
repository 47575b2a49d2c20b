import { expect, test } from 'vitest';
import type { Identity } from '../../src/auth/identity.ts';
import { SessionNotices } from '../../src/cluster/session-notices.ts';
import { Audience } from '../../src/session/audience.ts';
import type { SessionRecord } from '../../src/store/store.ts';
import { eventRecords, sessionRecord } from '../store/support/records.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { MemoryCluster } from '../support/memory-cluster.ts';
import { rest } from './support/rest.ts';

const identityOf = (subject: string): Identity => ({
  ...{ subject, botId: null, role: 'driver', method: 'token' },
  ...{ expiresAt: null, tokenId: null, signedInAt: null },
});

/** Nodes that share what is stored, and what a client at the first hears. */
async function openNodes() {
  const cluster = new MemoryCluster();
  const clock = createManualClock();
  const stored = new Map<string, SessionRecord>();
  const told: string[] = [];
  const node = () => {
    const bus = cluster.open();
    const counted = {
      onTold: bus.onTold.bind(bus),
      tell(topic: string, data: string) {
        told.push(topic);
        bus.tell(topic, data);
      },
    };
    const notices = new SessionNotices({ bus: counted, clock });
    return { notices, audience: new Audience({ notices, find: (id) => stored.get(id) }) };
  };
  const [here, there] = [node(), node()];
  const heard: [string, number, string][] = [];
  const leave = here.audience.join(identityOf('ann'), ({ id, state }, seq) => heard.push([id, seq, state]));
  await rest();
  const happens = async (record: SessionRecord, ...seqs: number[]) => {
    stored.set(record.id, record);
    for (const seq of seqs) there.audience.tell(record, eventRecords(seq, seq));
    clock.advance(100);
    await rest();
  };
  return { here, there, clock, stored, told, heard, leave, happens };
}

test('[R4] a client hears of its sessions at all nodes, of several things at once from the first of them on', async () => {
  const { heard, happens } = await openNodes();
  await happens(sessionRecord({ id: 's', ownerId: 'ann' }), 4, 5, 6);
  await happens(sessionRecord({ id: 's', ownerId: 'ann' }), 7);
  expect(heard).toEqual([
    ['s', 4, 'created'],
    ['s', 7, 'created'],
  ]);
});

test('[A4] of nobody else’s, and nothing is told that nobody wants to hear', async () => {
  const { heard, happens, here, told } = await openNodes();
  await happens(sessionRecord({ id: 'other', ownerId: 'bob' }), 1);
  here.audience.join({ ...identityOf('ann'), botId: 'bot' }, () => heard.push(['bot', 0, '']));
  await happens(sessionRecord({ id: 'of another bot', ownerId: 'ann', botId: 'another' }), 1);
  expect(heard).toEqual([['of another bot', 1, 'created']]);
  expect(told.filter((topic) => topic === 'session-notices')).toHaveLength(1);
});

test('a session that is deleted is told with what was known of it', async () => {
  const { heard, happens, stored, there, clock } = await openNodes();
  await happens(sessionRecord({ id: 's', ownerId: 'ann' }), 1);
  stored.clear();
  there.audience.tell(sessionRecord({ id: 's', ownerId: 'ann', state: 'deleted' }), eventRecords(2, 2));
  clock.advance(100);
  await rest();
  expect(heard.at(-1)).toEqual(['s', 2, 'deleted']);
});

test('who hears for long is told for long, and who has left is not', async () => {
  const { heard, happens, clock, leave, told } = await openNodes();
  clock.advance(60_000);
  await rest();
  await happens(sessionRecord({ id: 's', ownerId: 'ann' }), 1);
  expect(heard).toHaveLength(1);
  leave();
  clock.advance(60_000);
  await rest();
  const before = told.length;
  await happens(sessionRecord({ id: 's', ownerId: 'ann' }), 2);
  expect(heard).toHaveLength(1);
  expect(told).toHaveLength(before);
});
