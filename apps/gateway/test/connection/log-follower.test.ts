import { expect, test } from 'vitest';
import { LogFollower } from '../../src/connection/log-follower.ts';
import { createIds } from '../../src/ground/ids.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { noMetrics } from '../../src/ground/metrics.ts';
import { Session } from '../../src/session/session.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { sessionRecord } from '../store/support/records.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { noBudget } from '../support/no-budget.ts';
import { noFiles } from '../support/no-files.ts';
import { noPolicy } from '../support/no-policy.ts';
import { noProcesses } from '../support/no-processes.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';
import { createSlowSocket, type SlowSocket } from './slow-socket.ts';

const slice = 128 * 1024;

/** A session in a turn, and clients that follow it. */
function openLog() {
  const store = createMemoryStore();
  store.create(sessionRecord({ id: 's' }));
  const worker = createScriptedWorker();
  const clock = createManualClock();
  const limits = {
    ...{ permissionTimeoutMs: 1, interruptTimeoutMs: 1, maxQueue: 1, maxInputBytes: 1_000 },
    watch: { firstEventMs: 0, inactivityMs: 0, turnMs: 0, idleMs: 0, lifetimeMs: 0 },
    budget: noBudget,
  };
  const session = new Session(sessionRecord({ id: 's' }), {
    ...{ store, clock, limits, ids: createIds(), logger: silentLogger, definition: worker.definition },
    makeRoom: () => {},
    hasRoom: () => true,
    files: noFiles,
    ...noPolicy,
    metrics: noMetrics,
    supervise: (start) => start,
    processes: noProcesses,
    onReady: () => {},
  });
  session.prompt({ inputId: 'a', content: 'a', author: 'me' });
  const told: string[] = [];
  return {
    ...{ clock, session, told },
    follow(socket: SlowSocket, after = 0) {
      return new LogFollower({
        ...{ session, socket, clock, after, maxBufferedBytes: 200_000, slowTimeoutMs: 1_000 },
        onBehind: () => told.push('behind'),
        onStuck: () => told.push('stuck'),
      });
    },
    say: (bytes: number) => worker.say({ type: 'raw', data: { kind: 'x', raw: 'y'.repeat(bytes) } }),
    get numbers() {
      return Array.from({ length: session.record.lastSeq }, (_, index) => index + 1);
    },
  };
}

test('[B2] a client that stops reading holds little memory, disturbs nobody and ends complete', () => {
  const log = openLog();
  const [slow, quick] = [createSlowSocket(), createSlowSocket()];
  log.follow(slow);
  log.follow(quick);
  for (let index = 0; index < 3_000; index++) {
    log.say(200);
    quick.drain();
  }
  expect(quick.received).toEqual(log.numbers);
  expect(slow.most).toBeLessThanOrEqual(slice);
  expect(log.told).toEqual(['behind']);
  while (slow.received.length < log.numbers.length) slow.drain();
  expect(slow.received).toEqual(log.numbers);
  expect(slow.most).toBeLessThanOrEqual(slice);
  log.say(10);
  slow.drain();
  expect(slow.received.at(-1)).toBe(log.session.record.lastSeq);
});

test('[B2] [G10] memory is bounded by bytes: of large events a socket holds one at a time, of a replay one slice', () => {
  const log = openLog();
  for (let index = 0; index < 30; index++) log.say(300_000);
  for (let index = 0; index < 2_000; index++) log.say(100);
  const socket = createSlowSocket();
  log.follow(socket);
  while (socket.received.length < log.numbers.length) {
    expect(socket.bufferedBytes).toBeLessThan(301_000);
    socket.drain();
  }
  expect(socket.received).toEqual(log.numbers);
  socket.drain();
  log.say(10);
  expect(socket.received).toEqual(log.numbers);
});

test('[B2] a client that takes nothing for the time is given up; one that takes a little is not', () => {
  const log = openLog();
  const [stuck, slow] = [createSlowSocket(), createSlowSocket()];
  log.follow(stuck);
  for (let index = 0; index < 100; index++) log.say(10_000);
  const follower = log.follow(slow);
  log.clock.advance(999);
  expect(log.told).not.toContain('stuck');
  slow.drain();
  log.clock.advance(999);
  expect(log.told.filter((word) => word === 'stuck')).toHaveLength(1);
  while (slow.received.length < log.numbers.length) slow.drain();
  slow.drain();
  log.clock.advance(10_000);
  expect(log.told.filter((word) => word === 'stuck')).toHaveLength(1);
  follower.close();
});

test('[B3] in front of a control frame there is one slice of the log, however much waits there', () => {
  const log = openLog();
  const socket = createSlowSocket();
  log.follow(socket);
  for (let index = 0; index < 5_000; index++) log.say(1_000);
  expect(socket.bufferedBytes).toBeLessThanOrEqual(slice);
  expect(log.session.record.lastSeq).toBeGreaterThan(5_000);
  expect(socket.received.length).toBeLessThan(slice / 1_000);
});
