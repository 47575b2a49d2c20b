import { expect, test } from 'vitest';
import type { AuditEntry } from '../../../src/ground/audit.ts';
import { silentLogger } from '../../../src/ground/logger.ts';
import { createMemoryStore } from '../../../src/store/memory-store.ts';
import { createReplicatedStore } from '../../../src/store/replicated/replicated-store.ts';
import { createHandLog } from '../../support/hand-log.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { eventRecords, inputRecord, interactionRecord, sessionRecord } from '../support/records.ts';

const moved = expect.objectContaining({ code: 'RECONNECT_REQUIRED' });
const seqs = (events: readonly { seq: number }[]) => events.map(({ seq }) => seq);
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

function open() {
  const shared = createMemoryStore();
  const local = createMemoryStore();
  const hand = createHandLog(shared);
  const clock = createManualClock();
  const lost: string[] = [];
  const removed: string[] = [];
  const claimed: string[] = [];
  const store = createReplicatedStore({
    ...{ local, shared, log: hand.log, clock, logger: silentLogger },
    claim(id) {
      claimed.push(id);
      return hand.claim(id);
    },
    onLost: (id) => lost.push(id),
    onRemoved: (id) => removed.push(id),
  });
  const settle = async () => {
    await Promise.resolve();
    while (hand.sent.length > 0) await hand.answer();
  };
  return { shared, local, hand, clock, lost, removed, claimed, store, settle };
}

/** A session of 1,200 events and old prompts, that another node had. */
function openWithPast() {
  const world = open();
  const { shared, store, hand } = world;
  shared.create(sessionRecord({ id: 's', lastSeq: 0 }), {
    events: eventRecords(1, 1_200),
    inputs: [
      inputRecord('old', { status: 'done' }),
      inputRecord('running', { status: 'delivered' }),
      inputRecord('waiting'),
    ],
    interactions: [interactionRecord('open'), interactionRecord('decided', { status: 'resolved' })],
    session: { turn: { id: 'turn_1', firstSeq: 1_100 }, state: 'running' },
  });
  store.take('s', hand.claim('s'));
  return world;
}

test('a session that is brought here is as it was shared', () => {
  const { store, shared } = openWithPast();
  expect(store.find('s')).toEqual(shared.find('s'));
  expect(store.inputs('s', ['queued', 'delivered'])).toEqual(shared.inputs('s', ['queued', 'delivered']));
  expect(store.openInteractions('s')).toEqual(shared.openInteractions('s'));
  expect(store.resolvedInteractions('s', 'turn_1')).toEqual(shared.resolvedInteractions('s', 'turn_1'));
  expect(store.unfinished().map(({ id }) => id)).toEqual(['s']);
});

test('[I3] what is long over is not here, and is known all the same', () => {
  const { store, local } = openWithPast();
  expect(local.input('s', 'old')).toBeUndefined();
  expect(store.input('s', 'old')?.status).toBe('done');
  expect(store.input('s', 'none')).toBeUndefined();
});

test('[R3] the log is one, wherever its parts are', async () => {
  const { store, local } = openWithPast();
  store.commit('s', { events: eventRecords(1_201, 1_210) }, 1);
  expect(seqs(local.events('s', 0, 2_000))).toEqual(range(701, 1_210));
  expect(seqs(store.events('s', 0, 2_000))).toEqual(range(1, 1_210));
  expect(seqs(store.events('s', 690, 20))).toEqual(range(691, 710));
  expect(seqs(store.events('s', 10, 20))).toEqual(range(11, 30));
  expect(seqs(store.events('s', 1_205, 20))).toEqual(range(1_206, 1_210));
  expect(seqs(store.events('s', 690, 0))).toEqual([]);
  expect(seqs(store.eventsBefore('s', 711, 20))).toEqual(range(691, 710));
  expect(seqs(store.eventsBefore('s', 31, 20))).toEqual(range(11, 30));
  expect(seqs(store.eventsBefore('s', 5_000, 2_000))).toEqual(range(1, 1_210));
  expect(store.oldestSeq('s')).toBe(1);
});

test('what is written here is here at once, and shared when it is settled', async () => {
  const { store, shared, settle } = open();
  store.create(sessionRecord({ id: 's' }));
  store.commit('s', { events: eventRecords(1, 2), session: { title: 'new' } }, 7);
  const told: string[] = [];
  expect(store.awaitSettled?.('s', () => told.push('settled'))).toBe(true);
  expect(store.find('s')).toMatchObject({ title: 'new', lastSeq: 2 });
  expect(shared.find('s')).toBeUndefined();
  await settle();
  expect(told).toEqual(['settled']);
  expect(shared.find('s')).toEqual(store.find('s'));
  expect(store.awaitSettled?.('s', () => told.push('again'))).toBe(false);
});

test('what belongs to no session is in the shared database alone', async () => {
  const { store, shared, local, settle } = open();
  const usage = {
    ...{ ownerId: 'alice', workerType: 'demo', model: null },
    ...{ inputTokens: 1, outputTokens: null, costUsd: 0.5, workMs: null },
  };
  const entry: AuditEntry = {
    ...{ actor: 'alice', sessionId: 's', action: 'x', rules: [] },
    ...({ decision: 'allow', reason: null, inputHash: null } as const),
  };
  const today = { from: '1970-01-01', to: '1970-01-01', by: 'user' } as const;
  const spent = () => store.usage(today).map(({ name, turns, costUsd }) => [name, turns, costUsd]);
  store.create(sessionRecord({ id: 's' }));
  store.commit('s', { usage, audit: [entry] }, 1);
  expect(spent()).toEqual([['alice', 1, 0.5]]);
  await settle();
  store.commit('s', { usage }, 2);
  expect(spent()).toEqual([['alice', 2, 1]]);
  await settle();
  expect(spent()).toEqual([['alice', 2, 1]]);
  expect([local.usage(today), local.auditAfter(0, 10)]).toEqual([[], []]);
  expect(shared.auditAfter(0, 10)).toHaveLength(1);
});

test('a fork reads the log that it began with where that is', async () => {
  const { store, hand, settle } = openWithPast();
  const record = sessionRecord({ id: 'f', lastSeq: 1_200 });
  store.fork(record, 's', { events: eventRecords(1_201, 1_201) });
  await settle();
  expect(seqs(store.events('f', 0, 2_000))).toEqual(range(1, 1_201));
  store.drop('f');
  store.take('f', hand.claim('f'));
  expect(seqs(store.events('f', 1_000, 2_000))).toEqual(range(1_001, 1_201));
});

test('a session of another node can be read here, and not written', () => {
  const { store, shared } = open();
  shared.create(sessionRecord({ id: 's' }), { events: eventRecords(1, 3) });
  expect(seqs(store.events('s', 1, 10))).toEqual([2, 3]);
  expect(seqs(store.eventsBefore('s', 3, 10))).toEqual([1, 2]);
  expect(store.find('s')?.lastSeq).toBe(3);
  expect(() => store.commit('s', {}, 1)).toThrow(moved);
});

test('what an earlier owner writes is stored nowhere, and he is told', async () => {
  const { store, shared, local, hand, lost, settle } = open();
  store.create(sessionRecord({ id: 's' }));
  await settle();
  hand.claim('s');
  store.commit('s', { events: eventRecords(1, 1) }, 1);
  const told: unknown[] = [];
  store.awaitSettled?.('s', (refusal) => told.push(refusal));
  await settle();
  expect(told).toEqual([moved]);
  expect(lost).toEqual(['s']);
  expect(local.find('s')).toBeUndefined();
  expect(shared.find('s')?.lastSeq).toBe(0);
  expect(() => store.commit('s', {}, 1)).toThrow(moved);
});

test('[G11] while the shared database is away too long nothing is changed here', async () => {
  const { store, clock, settle } = open();
  store.create(sessionRecord({ id: 's' }));
  clock.advance(6_000);
  const overload = expect.objectContaining({ code: 'GATEWAY_OVERLOAD' });
  expect(() => store.commit('s', { session: { title: 'new' } }, 1)).toThrow(overload);
  expect(() => store.create(sessionRecord({ id: 't' }))).toThrow(overload);
  expect(store.find('s')?.title).toBeNull();
  await settle();
  store.commit('s', { session: { title: 'new' } }, 1);
});

test('[L3] the rows of a session go when its end is shared', async () => {
  const { store, shared, local, removed, settle } = open();
  store.create(sessionRecord({ id: 's' }));
  store.commit('s', { session: { state: 'deleted' } }, 1);
  expect(store.removePart('s', 10)).toBe(false);
  await settle();
  expect(store.removePart('s', 10)).toBe(true);
  expect([local.find('s'), shared.find('s')]).toEqual([undefined, undefined]);
  expect(removed).toEqual(['s']);
});

test('a session that could not be kept here was never this node’s', () => {
  const { store, local, claimed } = open();
  local.create(sessionRecord({ id: 's' }));
  expect(() => store.create(sessionRecord({ id: 's' }))).toThrow();
  expect(claimed).toEqual([]);
});
