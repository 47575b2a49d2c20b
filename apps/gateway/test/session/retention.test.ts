import { expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { createIds } from '../../src/ground/ids.ts';
import { type Logger, silentLogger } from '../../src/ground/logger.ts';
import { noMetrics } from '../../src/ground/metrics.ts';
import { Retention } from '../../src/session/retention.ts';
import { SessionRegistry } from '../../src/session/session-registry.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { EventRecord } from '../../src/store/store.ts';
import { sessionRecord } from '../store/support/records.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { noBudget } from '../support/no-budget.ts';
import { noFiles } from '../support/no-files.ts';
import { noPolicy } from '../support/no-policy.ts';
import { noProcesses } from '../support/no-processes.ts';
import { noSnapshots } from '../support/no-snapshots.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';

const day = 86_400_000;
const identity = {
  subject: 'alice',
  botId: null,
  role: 'driver',
  method: 'api_key',
  expiresAt: null,
  tokenId: null,
  signedInAt: null,
} as const;

function openRegistry(keepMs: number) {
  const store = createMemoryStore();
  const monotonic = createManualClock(Date.UTC(2026, 10, 24));
  /** By how much the wall clock was set, milliseconds. */
  const wall = { set: 0 };
  const clock = { ...monotonic, now: () => monotonic.now() + wall.set };
  const worker = createScriptedWorker();
  const sessions = new SessionRegistry({
    ...{ store, clock, ids: createIds(), logger: silentLogger, defaultWorkDir: import.meta.dirname },
    workDirRules: { privateDirs: [], allowedDirs: [] },
    findWorker(type) {
      if (type === 'scripted') return { definition: worker.definition };
      throw new Error('there is no such agent any more');
    },
    files: noFiles,
    snapshots: noSnapshots,
    ...noPolicy,
    metrics: noMetrics,
    supervise: (start) => start,
    processes: noProcesses,
    checkConfig() {},
    pool: { max: 9, maxPerUser: 9 },
    limits: {
      ...{ permissionTimeoutMs: 1_000, interruptTimeoutMs: 500, maxQueue: 2, maxInputBytes: 100 },
      watch: { firstEventMs: 0, inactivityMs: 0, turnMs: 0, idleMs: 0, lifetimeMs: 0 },
      budget: noBudget,
    },
  });
  const retention = new Retention({
    ...{ store, clock, keepMs: () => keepMs, logger: silentLogger },
    expire: (id, since) => sessions.expire(id, since),
  });
  const open = (key: string) => sessions.open({ identity, workerType: 'scripted', key });
  /** Lets what a turned clock has begun come to its end. */
  const settled = async () => {
    for (let round = 0; round < 10; round += 1) await new Promise(setImmediate);
  };
  return { store, clock, wall, worker, sessions, retention, open, settled };
}

test('[L3] a session goes when nothing has happened in it for so long, and not before', async () => {
  const { store, clock, retention, open, settled } = openRegistry(7 * day);
  const [quiet, lively] = [open('quiet'), open('lively')].map(({ record }) => record.id);
  const told: EventRecord[] = [];
  open('quiet').attach({ deliver: (events) => void told.push(...events) });
  await retention.start();
  for (let days = 0; days < 7; days += 1) {
    clock.advance(day);
    await settled();
    open('lively').rename(`day ${days}`);
  }
  expect(store.find(quiet ?? '')).toBeDefined();
  clock.advance(day);
  await settled();
  expect(store.find(quiet ?? '')).toBeUndefined();
  expect(told.at(-1)).toMatchObject({ type: 'state', data: expect.stringContaining('deleted') });
  expect(store.find(lively ?? '')).toBeDefined();
  retention.stop();
});

test('[L3] a session with a turn is kept, however old it is', async () => {
  const { store, clock, worker, retention, open, settled } = openRegistry(day);
  const session = open('busy');
  session.prompt({ inputId: '1', content: 'hello', author: 'me' });
  await retention.start();
  clock.advance(10 * day);
  await settled();
  expect(store.find(session.record.id)?.state).toBe('running');
  worker.say({ type: 'done', data: { success: true } });
  for (let hours = 0; hours < 26; hours += 1) {
    clock.advance(day / 24);
    await settled();
  }
  expect(store.find(session.record.id)).toBeUndefined();
  retention.stop();
});

test('[L3] what a crash left of deleted sessions goes at the next start, also where sessions are kept for ever', async () => {
  const { store, retention } = openRegistry(0);
  store.create(sessionRecord({ id: 'half-gone', state: 'deleted' }));
  store.create(sessionRecord({ id: 'ancient', state: 'idle', updatedAt: 1 }));
  await retention.start();
  expect(store.find('half-gone')).toBeUndefined();
  expect(store.find('ancient')).toBeDefined();
  retention.stop();
});

test('[L3] a session of an agent that is not there any more goes like the others', async () => {
  const { store, retention, open } = openRegistry(day);
  open('new');
  store.create(sessionRecord({ id: 'orphan', workerType: 'removed', state: 'idle', updatedAt: 1 }));
  await retention.start();
  expect(store.find('orphan')).toBeUndefined();
  retention.stop();
});

/** Old sessions, of which those whose number is below `broken` cannot be removed, and a new one. */
function openBroken({ all, broken, reason }: { all: number; broken: number; reason: GatewayError }) {
  const { store, clock, settled, open } = openRegistry(day);
  open('new');
  for (let nth = 0; nth < all; nth += 1)
    store.create(sessionRecord({ id: `s${nth}`, state: 'idle', updatedAt: nth }));
  const tried: string[] = [];
  const warned: object[] = [];
  const logger: Logger = { ...silentLogger, warn: (details) => void warned.push(details) };
  const retention = new Retention({
    ...{ store, clock, keepMs: () => day, logger },
    async expire(id) {
      tried.push(id);
      if (Number(id.slice(1)) < broken) throw reason;
      store.remove(id);
      return true;
    },
  });
  return { store, clock, settled, retention, tried, warned };
}

test('[L3] sessions that cannot be removed, say because their disk is not there, keep no others', async () => {
  const reason = new GatewayError('RECONNECT_REQUIRED', 'its folder is on a disk that is not there');
  const { store, clock, settled, retention, tried, warned } = openBroken({ all: 100, broken: 90, reason });
  await retention.start();
  expect(store.list({ limit: 200 })).toHaveLength(91);
  expect(tried).toHaveLength(100);
  expect(warned[0]).toEqual({ session: 's0', error: expect.stringContaining('a disk that is not there') });
  expect(warned).toHaveLength(90);
  // They are tried again, and that they are is not told again each time.
  clock.advance(day / 10);
  for (let round = 0; round < 20; round += 1) await settled();
  expect(tried).toHaveLength(190);
  expect(warned).toHaveLength(90);
  retention.stop();
});

test('[L3] [G11] where nothing can be written it is not tried with every session', async () => {
  const reason = new GatewayError('GATEWAY_OVERLOAD', 'the disk is full');
  const { retention, tried, warned } = openBroken({ all: 100, broken: 100, reason });
  await retention.start();
  expect(tried).toHaveLength(1);
  expect(warned).toHaveLength(1);
  retention.stop();
});

test('[G15] [L3] a clock that was set forwards removes nothing for a day, in which it may be set right', async () => {
  for (const isSetRight of [true, false]) {
    const { store, clock, wall, retention, open, settled } = openRegistry(7 * day);
    const { id } = open('quiet').record;
    await retention.start();
    const hours = async (count: number) => {
      for (let hour = 0; hour < count; hour += 1) {
        clock.advance(day / 24);
        await settled();
      }
    };
    wall.set = 3_650 * day;
    await hours(23);
    expect(store.find(id)).toBeDefined();
    if (isSetRight) wall.set = 0;
    await hours(3);
    expect(store.find(id) !== undefined).toBe(isSetRight);
    // What is really old goes all the same.
    await hours(isSetRight ? 7 * 24 : 0);
    expect(store.find(id)).toBeUndefined();
    retention.stop();
  }
});

test('[G15] [L3] nor does a start at a time by which everything is old, nor another jump after it', async () => {
  const { store, clock, wall, retention, settled } = openRegistry(day);
  const now = clock.now();
  store.create(sessionRecord({ id: 'yesterday', state: 'idle', updatedAt: now - 2 * day }));
  store.create(sessionRecord({ id: 'today', state: 'idle', updatedAt: now - day / 2 }));
  wall.set = 3_650 * day;
  await retention.start();
  expect(store.find('today')).toBeDefined();
  expect(store.find('yesterday')).toBeUndefined();
  wall.set = 2 * 3_650 * day;
  for (let hour = 0; hour < 24; hour += 1) {
    expect(store.find('today')).toBeDefined();
    clock.advance(day / 24);
    await settled();
  }
  clock.advance(day / 24);
  await settled();
  expect(store.find('today')).toBeUndefined();
  retention.stop();
});

test('[L3] where everything is kept, no clock is distrusted', async () => {
  const { store, clock, open, settled } = openRegistry(0);
  open('a');
  clock.advance(day);
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (_: object, message: string) => void warnings.push(message) };
  const retention = new Retention({ ...{ store, clock, logger, keepMs: () => 0 }, expire: async () => true });
  void retention.start();
  await settled();
  retention.stop();
  expect(warnings).toEqual([]);
});
