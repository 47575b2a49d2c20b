import { expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { Release } from '../../src/session/release.ts';
import type { SessionStore } from '../../src/store/store.ts';
import { createManualClock } from '../support/manual-clock.ts';

const moved = new GatewayError('RECONNECT_REQUIRED', 'it is elsewhere');

/** A release over a store that a test says everything of. */
function open() {
  const clock = createManualClock();
  const done: string[] = [];
  const state = { isSettled: false };
  const told: ((refusal?: GatewayError) => void)[] = [];
  const store: Pick<SessionStore, 'awaitSettled'> = {
    awaitSettled(_, tell) {
      if (!state.isSettled) told.push(tell);
      return !state.isSettled;
    },
  };
  const release = new Release({
    ...{ sessionId: 's', store, clock, logger: silentLogger },
    onLost: ({ code }) => done.push(`lost ${code}`),
  });
  const after = (name: string) => release.after(() => done.push(name));
  /** The oldest that waits is settled. */
  const settle = (refusal?: GatewayError) => told.shift()?.(refusal);
  return { clock, release, after, done, state, settle };
}

test('where nothing has to settle it is done at once, and what fails is told to who asked', () => {
  const clock = createManualClock();
  const release = new Release({ sessionId: 's', store: {}, clock, logger: silentLogger, onLost: () => {} });
  const done: string[] = [];
  release.after(() => done.push('a'));
  expect(done).toEqual(['a']);
  expect(release.settled()).toBeUndefined();
  expect(() =>
    release.after(() => {
      throw moved;
    }),
  ).toThrow(moved);
});

test('what is settled waits for what came before it', () => {
  const { after, done, state, settle } = open();
  after('a');
  state.isSettled = true;
  after('b');
  expect(done).toEqual([]);
  settle();
  expect(done).toEqual(['a', 'b']);
  after('c');
  expect(done).toEqual(['a', 'b', 'c']);
});

test('what is caused by something comes behind all that was there before', () => {
  const { release, after, done, state, settle } = open();
  release.after(() => {
    done.push('a');
    state.isSettled = true;
    after('caused by a');
  });
  after('b');
  settle();
  settle();
  expect(done).toEqual(['a', 'b', 'caused by a']);
});

test('[G9] what fails keeps nothing back', () => {
  const { release, after, done, settle } = open();
  release.after(() => {
    throw new Error('a follower in a bad state');
  });
  after('b');
  settle();
  settle();
  expect(done).toEqual(['b']);
});

test('once the session is lost nothing is done any more, and who waits is told', async () => {
  const { release, after, done, settle } = open();
  after('a');
  const settled = release.settled();
  settle(moved);
  settle();
  after('b');
  await expect(settled).rejects.toBe(moved);
  await expect(release.settled()).rejects.toBe(moved);
  expect(done).toEqual(['lost RECONNECT_REQUIRED']);
});

test('who waits too long is told so, and what he asked for is done all the same', async () => {
  const { clock, release, after, done, settle } = open();
  after('a');
  const settled = release.settled();
  clock.advance(10_000);
  await expect(settled).rejects.toMatchObject({ code: 'GATEWAY_OVERLOAD' });
  settle();
  expect(done).toEqual(['a']);
});
