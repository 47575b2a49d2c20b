import { expect, test } from 'vitest';
import { type Expiry, WorkerWatch } from '../../src/session/worker-watch.ts';
import { createManualClock } from '../support/manual-clock.ts';

const limits = { firstEventMs: 10, inactivityMs: 20, turnMs: 100, idleMs: 50, lifetimeMs: 1_000 };
const turn = { hasWorker: true, turnId: 't', isAsking: false, background: 0 };
const idle = { ...turn, turnId: null };

function setUp(changed: Partial<typeof limits> = {}) {
  const clock = createManualClock();
  const expired: Expiry[] = [];
  const watch = new WorkerWatch(clock, { ...limits, ...changed }, (expiry) => void expired.push(expiry));
  return { clock, expired, watch };
}

test('[S4] no first word in time', () => {
  const { clock, expired, watch } = setUp();
  watch.see(turn);
  clock.advance(9);
  expect(expired).toEqual([]);
  clock.advance(1);
  expect(expired).toEqual(['first_event']);
});

test('[S4] silence after the first word; each word begins it anew', () => {
  const { clock, expired, watch } = setUp();
  watch.see(turn);
  watch.hear();
  clock.advance(19);
  watch.hear();
  clock.advance(19);
  expect(expired).toEqual([]);
  clock.advance(1);
  expect(expired).toEqual(['inactivity']);
});

test('[S4] while a person is asked, silence is not the agent’s', () => {
  const { clock, expired, watch } = setUp();
  watch.see(turn);
  watch.see({ ...turn, isAsking: true });
  watch.hear();
  clock.advance(90);
  expect(expired).toEqual([]);
  watch.see(turn);
  clock.advance(10);
  expect(expired).toEqual(['turn']);
});

test('[S4] [E4] also where a turn is met that asks already', () => {
  const { clock, expired, watch } = setUp();
  watch.see({ ...turn, isAsking: true });
  clock.advance(99);
  expect(expired).toEqual([]);
  clock.advance(1);
  expect(expired).toEqual(['turn']);
});

test('[S4] a turn that talks for ever', () => {
  const { clock, expired, watch } = setUp();
  watch.see(turn);
  for (let passed = 0; passed < 100; passed += 10) {
    watch.hear();
    clock.advance(10);
  }
  expect(expired).toEqual(['turn']);
});

test('[S4] the end of a turn ends its timers, and the next one has its own', () => {
  const { clock, expired, watch } = setUp({ idleMs: 0 });
  watch.see(turn);
  watch.see(idle);
  clock.advance(500);
  watch.see({ ...turn, turnId: 'u' });
  clock.advance(10);
  expect(expired).toEqual(['first_event']);
});

test('[S4] idle: counted from the last work, and not while tasks run in the background', () => {
  const { clock, expired, watch } = setUp();
  watch.see({ ...idle, background: 1 });
  clock.advance(500);
  watch.see(idle);
  clock.advance(40);
  watch.see({ ...turn, turnId: 'u' });
  watch.see(idle);
  clock.advance(49);
  expect(expired).toEqual([]);
  clock.advance(1);
  expect(expired).toEqual(['idle']);
});

test('[S4] an old process is ended between turns, not in one', () => {
  const { clock, expired, watch } = setUp({ turnMs: 0, firstEventMs: 0, inactivityMs: 0 });
  watch.see(turn);
  clock.advance(2_000);
  expect(expired).toEqual([]);
  watch.see(idle);
  expect(expired).toEqual(['lifetime']);
});

test('[S4] 0 is for ever; without a process nothing is watched', () => {
  const none = { firstEventMs: 0, inactivityMs: 0, turnMs: 0, idleMs: 0, lifetimeMs: 0 };
  const { clock, expired, watch } = setUp(none);
  watch.see(turn);
  watch.hear();
  clock.advance(1_000_000);
  watch.see(idle);
  clock.advance(1_000_000);
  watch.see({ ...idle, hasWorker: false });
  expect(expired).toEqual([]);
  expect(watch.idleSince).toBeUndefined();
});
