import { expect, test } from 'vitest';
import { noBudget } from '../support/no-budget.ts';
import { limits, openSession } from './open-session.ts';

/** Whatever takes long may: what ends it is not the question here. */
const watch = { firstEventMs: 0, inactivityMs: 0, turnMs: 0, idleMs: 0, lifetimeMs: 0 };

const hour = 3_600_000;
const quota = { maxWaitMs: 2 * hour, prompt: 'Continue.' };

/** A session whose agent says that its quota is used up for an hour, in the middle of a turn. */
function usedUp({ waitMs = hour, maxWaitMs = quota.maxWaitMs } = {}) {
  const budget = { ...noBudget, quota: { ...quota, maxWaitMs } };
  const world = openSession({}, { limits: { ...limits, watch, maxQueue: 5, budget } });
  const { clock, worker, session } = world;
  const send = (inputId: string) => session.prompt({ inputId, content: inputId, author: 'me' });
  const fail = (by: number) => {
    const resets_at = new Date(clock.now() + by).toISOString();
    worker.say({ type: 'error', data: { code: 'RATE_LIMITED', message: 'used up', details: { resets_at } } });
    worker.say({ type: 'done', data: { success: false } });
  };
  send('a');
  send('b');
  fail(waitMs);
  return { ...world, send, fail };
}

test('a turn that a quota ended goes on by itself when there is another, before all that waited meanwhile', () => {
  const { clock, worker, session, last, send } = usedUp();
  expect(last('worker.notice')).toMatchObject({
    kind: 'rate_limit',
    details: { goes_on: true, resets_at: new Date(clock.now() + hour).toISOString() },
  });
  send('c');
  expect(session.queue.map(({ content }) => content)).toEqual(['b', 'Continue.', 'c']);
  clock.advance(hour - 1);
  expect(worker.calls).toEqual(['prompt a']);
  clock.advance(1);
  expect(worker.calls).toEqual(['prompt a', 'prompt Continue.']);
  worker.say({ type: 'done', data: { success: true } });
  worker.say({ type: 'done', data: { success: true } });
  expect(worker.calls).toEqual(['prompt a', 'prompt Continue.', 'prompt b', 'prompt c']);
});

test('the wait survives the gateway, and nothing is said twice', () => {
  const { clock, worker, revive } = usedUp();
  clock.advance(hour / 2);
  const next = revive();
  next.recover(Promise.resolve());
  expect(worker.calls).toEqual(['prompt a']);
  clock.advance(hour / 2);
  expect(worker.calls).toEqual(['prompt a', 'prompt Continue.']);
  clock.advance(hour);
  expect(worker.calls).toHaveLength(2);
});

test('taking the waiting prompt back ends the wait, and others are tried at once', () => {
  const { clock, worker, session } = usedUp();
  const [waiting] = session.queue.filter(({ notBefore }) => notBefore !== null);
  session.cancelInput(waiting?.inputId ?? '');
  expect(worker.calls).toEqual(['prompt a', 'prompt b']);
  clock.advance(2 * hour);
  expect(worker.calls).toEqual(['prompt a', 'prompt b']);
});

test('an agent that gets nothing done is not asked for ever', () => {
  const { clock, worker, session, fail } = usedUp();
  for (let turns = 2; turns <= 24; turns++) {
    clock.advance(hour);
    expect(worker.calls).toHaveLength(turns);
    fail(hour);
  }
  clock.advance(hour);
  fail(hour);
  expect(session.queue.map(({ content }) => content)).not.toContain('Continue.');
});

test('a quota that is used up again is waited for again', () => {
  const { clock, worker, fail } = usedUp();
  clock.advance(hour);
  fail(hour);
  clock.advance(hour);
  expect(worker.calls).toEqual(['prompt a', 'prompt Continue.', 'prompt Continue.']);
});

test.each([
  ['a wait that is too long', { waitMs: 3 * hour }],
  ['a time that has passed', { waitMs: -1 }],
  ['no wait at all', { maxWaitMs: 0 }],
])('%s is none: the failure is told and what waits is tried', (_, given) => {
  expect(usedUp(given).worker.calls).toEqual(['prompt a', 'prompt b']);
});

test('a turn that somebody interrupted does not go on by itself', () => {
  const { worker, session, clock, fail } = usedUp({ maxWaitMs: 0 });
  session.interrupt();
  fail(1_000);
  clock.advance(hour);
  expect(worker.calls).toEqual(['prompt a', 'prompt b', 'interrupt']);
});
