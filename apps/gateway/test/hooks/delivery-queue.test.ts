import { expect, onTestFinished, test } from 'vitest';
import type { HookOutbox } from '../../src/ground/hook-delivery.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import type { Outcome } from '../../src/hooks/format/to-outcome.ts';
import { Hooks } from '../../src/hooks/hooks.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { sessionRecord } from '../store/support/records.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { hookTarget } from './targets.ts';

const failed: Outcome = { taken: false, problem: 'it answers 500', final: false };
const session = { ...sessionRecord(), ownerId: 'ann', workerType: 'demo' };
const event = (id: string, type = 'done') => ({
  ...{ seq: 1, id, type, turnId: null, timestamp: 0, data: '{"success":true}' },
});

/** Hooks with one receiver, which answers as it is told. */
function open(
  answer: (attempt: number) => Outcome | Promise<Outcome>,
  attempts = 3,
  shared: Partial<HookOutbox> = {},
) {
  const store = { ...createMemoryStore(), ...shared };
  const clock = createManualClock();
  store.create(sessionRecord());
  const sent: string[] = [];
  const hooks = new Hooks({
    targets: [hookTarget({ owners: ['ann'] }), hookTarget({ name: 'other', worker_types: ['pi'] })],
    ...{ outbox: store, attempts, clock, random: () => 0, logger: silentLogger },
    async send(_, { eventId }) {
      sent.push(eventId);
      return await answer(sent.length);
    },
  });
  onTestFinished(() => hooks.close());
  const happen = (...events: Parameters<Hooks['choose']>[1]) => {
    const deliveries = hooks.choose(session, events);
    store.commit('session-1', { deliveries }, clock.now());
    hooks.stored(deliveries);
  };
  /** Lets what is being done be done. */
  const settle = () => new Promise(setImmediate);
  return { store, clock, hooks, sent, happen, settle };
}

test('a target is told of its events alone, and of its sessions alone', () => {
  const { hooks } = open(() => ({ taken: true }));
  const chosen = hooks.choose(session, [event('a'), event('b', 'message.delta'), event('c', 'tool_call')]);
  expect(chosen.map(({ target, eventId }) => [target, eventId])).toEqual([['chat', 'a']]);
  expect(hooks.choose({ ...session, ownerId: 'bob' }, [event('a')])).toEqual([]);
  expect(hooks.choose({ ...session, workerType: 'pi' }, [event('a')])).toHaveLength(2);
});

test('what was taken is forgotten, in the order in which it happened', async () => {
  const { happen, settle, sent, store } = open(() => ({ taken: true }));
  happen(event('a'), event('b'));
  happen(event('c'));
  await settle();
  expect(sent).toEqual(['a', 'b', 'c']);
  expect(store.nextDelivery('chat')).toBeUndefined();
});

test('of gateways that share an outbox one delivers to a target at a time, and leaves it when it is done', async () => {
  let holder = 'another gateway';
  const { happen, settle, sent, clock } = open(() => ({ taken: true }), 3, {
    takeTarget() {
      if (holder === 'nobody') holder = 'this one';
      return holder === 'this one';
    },
    leaveTarget() {
      holder = 'nobody';
    },
  });
  happen(event('a'), event('b'));
  await settle();
  expect(sent).toEqual([]);
  holder = 'nobody';
  clock.advance(1_000);
  await settle();
  expect(sent).toEqual(['a', 'b']);
  expect(holder).toBe('nobody');
});

test('what was not taken is tried again, later each time, and is dead in the end', async () => {
  const { happen, settle, sent, store, clock } = open(() => failed);
  happen(event('a'));
  await settle();
  expect(store.nextDelivery('chat')).toMatchObject({ attempts: 1, dueAt: clock.now() + 5_000 });
  clock.advance(4_999);
  await settle();
  expect(sent).toHaveLength(1);
  clock.advance(1);
  await settle();
  expect(store.nextDelivery('chat')).toMatchObject({ attempts: 2, dueAt: clock.now() + 30_000 });
  clock.advance(30_000);
  await settle();
  expect(sent).toEqual(['a', 'a', 'a']);
  expect(store.deadDeliveries()).toMatchObject([{ eventId: 'a', attempts: 3, problem: 'it answers 500' }]);
});

test('one that fails does not hold up those behind it', async () => {
  const { happen, settle, sent } = open((attempt) => (attempt === 1 ? failed : { taken: true }));
  happen(event('a'), event('b'));
  await settle();
  expect(sent).toEqual(['a', 'b']);
});

test('what happens while a receiver takes its time is delivered after that', async () => {
  const first = Promise.withResolvers<Outcome>();
  const { happen, settle, sent } = open((attempt) => (attempt === 1 ? first.promise : { taken: true }));
  happen(event('a'));
  happen(event('b'));
  await settle();
  expect(sent).toEqual(['a']);
  first.resolve({ taken: true });
  await settle();
  expect(sent).toEqual(['a', 'b']);
});

test('an orderly end waits for the attempt that is being made, and the rest stays stored', async () => {
  const first = Promise.withResolvers<Outcome>();
  const { happen, hooks, settle, sent, store } = open(() => first.promise);
  happen(event('a'), event('b'));
  const closed = hooks.close();
  first.resolve({ taken: true });
  await closed;
  await settle();
  expect(sent).toEqual(['a']);
  expect(store.nextDelivery('chat')).toMatchObject({ eventId: 'b' });
});

test('a start goes on with what waits, and puts aside what no target is for any more', async () => {
  const { store, hooks, settle, sent } = open(() => ({ taken: true }));
  const of = (target: string) => ({ target, sessionId: 'session-1', eventId: target, message: '{}' });
  store.commit('session-1', { deliveries: [of('chat'), of('removed')] }, 0);
  hooks.start();
  await settle();
  expect(sent).toEqual(['chat']);
  expect(store.deadDeliveries()).toMatchObject([{ target: 'removed' }]);
});
