import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { eventRecord, eventRecords, sessionRecord } from './support/records.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const path = () => join(temporaryFolder(), 'hotplex.db');
const branch = sessionRecord({ id: 'branch', clientKey: 'branch', lastSeq: 25, epoch: 'epoch-2' });

async function open(at: string) {
  const store = await openSqliteStore({ path: at, clock: systemClock });
  const { copyPart } = store;
  if (!copyPart) throw new Error('SQLite copies logs part by part');
  return { store, copyPart };
}

it('[I5] a log that is copied part by part is like one that is copied at once, and nobody sees it before', async () => {
  const { store, copyPart } = await open(path());
  onTestFinished(() => store.close());
  store.create(sessionRecord(), { events: eventRecords(1, 30) });
  for (const last of [10, 20]) {
    expect(copyPart(branch, 'session-1', 10)).toBe(false);
    expect(store.events('branch', 0, 100)).toEqual(eventRecords(1, last));
    expect(store.find('branch')).toMatchObject({ state: 'deleted' });
    expect(store.list({ ownerId: 'alice', limit: 10 }).map(({ id }) => id)).toEqual(['session-1']);
    expect(store.untouchedSince(0, 10)).toEqual([]);
  }
  // What is said meanwhile is not the branch's.
  store.commit('session-1', { events: [eventRecord(31)] }, 5_000);
  expect(copyPart(branch, 'session-1', 10)).toBe(true);
  store.fork(branch, 'session-1', { events: [eventRecord(26, { type: 'session.forked' })] });
  expect(store.find('branch')).toEqual({ ...branch, lastSeq: 26 });
  expect(store.events('branch', 0, 100)).toEqual([
    ...eventRecords(1, 25),
    eventRecord(26, { type: 'session.forked' }),
  ]);
  expect(store.list({ ownerId: 'alice', limit: 10 })).toHaveLength(2);
});

it('[I5] a short log is left to the fork', async () => {
  const { store, copyPart } = await open(path());
  onTestFinished(() => store.close());
  store.create(sessionRecord(), { events: eventRecords(1, 30) });
  expect(copyPart(branch, 'session-1', 25)).toBe(true);
  expect(store.find('branch')).toBeUndefined();
});

it('[I5] a copy that a crash left is found as deleted, and removed part by part', async () => {
  const at = path();
  const first = await open(at);
  first.store.create(sessionRecord(), { events: eventRecords(1, 30) });
  first.copyPart(branch, 'session-1', 10);
  first.store.close();
  const { store } = await open(at);
  onTestFinished(() => store.close());
  expect(store.untouchedSince(0, 10)).toEqual(['branch']);
  while (!store.removePart('branch', 4));
  expect(store.find('branch')).toBeUndefined();
  expect(store.events('session-1', 0, 100)).toHaveLength(30);
});
