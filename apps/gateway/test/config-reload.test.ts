import { expect, test } from 'vitest';
import type { Tree } from '../src/config-file.ts';
import type { Audit } from '../src/ground/audit.ts';
import { createMemoryStore } from '../src/store/memory-store.ts';
import type { Store } from '../src/store/store.ts';
import { createManualClock } from './support/manual-clock.ts';
import { openReload } from './support/open-reload.ts';

const key = 'programs-0123456789abcdef0123456789abcdef';
const other = 'others-0123456789abcdef0123456789abcdef';
const signal = { actor: null, origin: 'signal' } as const;

function open(
  tree: Tree = {},
  { store = createMemoryStore(), dataDir }: { store?: Store; dataDir?: string } = {},
) {
  const clock = createManualClock();
  const audit: Audit = { record: (entry) => store.recordAudit(entry, clock.now()) };
  const counted: string[] = [];
  const metrics = {
    count: (name: string, labels: object) => void counted.push([name, ...Object.values(labels)].join(' ')),
    observe() {},
  };
  const world = openReload({ store, clock, audit, metrics, tree, ...(dataDir !== undefined && { dataDir }) });
  const audited = () => store.auditAfter(0, 100).map(({ actor, action, reason }) => [actor, action, reason]);
  return { ...world, store, clock, counted, audited };
}

test('what a command sets for a gateway of its own is no version, and no change that is taken down', () => {
  const store = createMemoryStore();
  const ofCommand = { tree: { gateway: { addr: '127.0.0.1:0' } }, store, clock: createManualClock() };
  const audit: Audit = { record: (entry) => store.recordAudit(entry, 0) };
  expect(openReload({ ...ofCommand, audit, isPassing: true }).reload.version).toBe(0);
  const { dataDir, reload } = open({}, { store });
  expect(reload.version).toBe(1);
  expect(openReload({ ...ofCommand, audit, dataDir, isPassing: true }).reload.version).toBe(1);
  expect(reload.history()).toHaveLength(1);
  expect(store.auditAfter(0, 100)).toEqual([]);
});

test('[G14] a change is in force at once, and everybody who follows it has it', () => {
  const { reload, live, file, counted } = open({ session: { max_queue: 5 } });
  const follower = live.follow(({ session }) => session.max_queue * 2);
  const told: number[] = [];
  live.onChange(({ session }) => told.push(session.max_queue));
  file.tree = { session: { max_queue: 7 } };
  expect(reload.reload(signal)).toEqual({
    version: 2,
    changes: [{ key: 'session.max_queue', old: 5, new: 7, restart: false }],
  });
  expect(live.current.session.max_queue).toBe(7);
  expect(follower()).toBe(14);
  expect(told).toEqual([7]);
  expect(reload.reload(signal)).toEqual({ version: 2, changes: [] });
  expect(counted).toEqual(['config_reloads_total signal changed', 'config_reloads_total signal same']);
  expect(reload.origins.get('session.max_queue')).toBe('file');
  reload.rollback(1, 'alice');
  expect(reload.origins.get('session.max_queue')).toBe('rollback');
});

test.each<[string, Tree, string]>([
  ['what the schema refuses', { session: { max_queue: -1 } }, 'the setting session.max_queue'],
  ['what no gateway would start with', { gateway: { addr: '0.0.0.0:1' } }, 'gateway.addr 0.0.0.0:1'],
])('[G14] %s changes nothing, and is taken down', (_, tree, words) => {
  const { reload, live, file, audited, counted } = open({ session: { max_queue: 5 } });
  const before = live.current;
  file.tree = { ...tree, log: { level: 'debug' } };
  expect(() => reload.reload(signal)).toThrow(words);
  expect(live.current).toBe(before);
  expect(reload.version).toBe(1);
  expect(reload.history()).toHaveLength(1);
  expect(audited()).toEqual([[null, 'config signal', 'CONFIG_INVALID']]);
  expect(counted).toEqual(['config_reloads_total signal refused']);
});

test('[G14] one follower that cannot take a change up keeps all from it', () => {
  const { reload, live, file } = open();
  const first = live.follow(({ session }) => session.max_queue);
  live.follow(({ session }) => {
    if (session.max_queue === 7) throw new Error('seven is too much for me');
  });
  file.tree = { session: { max_queue: 7 } };
  expect(() => reload.reload(signal)).toThrow('the gateway failed');
  expect([first(), live.current.session.max_queue, reload.version]).toEqual([50, 50, 1]);
});

test('[G14] a change that cannot be written down is not taken up', () => {
  const store = createMemoryStore();
  const { reload, live, file } = open({}, { store });
  file.tree = { session: { max_queue: 7 } };
  store.recordConfig = () => {
    throw new Error('the disk is full');
  };
  expect(() => reload.reload(signal)).toThrow();
  expect(live.current.session.max_queue).toBe(50);
});

test('what needs a restart is named and waits, and what else changed is in force', () => {
  const { reload, live, file } = open();
  file.tree = { db: { path: '/elsewhere.db' }, session: { max_queue: 7 } };
  expect(reload.reload(signal).changes).toEqual([
    { key: 'db.path', old: '~/.hotplex/data/hotplex.db', new: '/elsewhere.db', restart: true },
    { key: 'session.max_queue', old: 50, new: 7, restart: false },
  ]);
  expect(live.current.db.path).toBe('~/.hotplex/data/hotplex.db');
  expect(live.current.session.max_queue).toBe(7);
});

test('[G14] a change that would weaken security is refused as a whole, by name', () => {
  const { reload, live, file } = open({ security: { api_keys: [key] } });
  file.tree = {
    security: { api_keys: [key, other] },
    policy: { mode: 'auto_allow_safe' },
    session: { max_queue: 7 },
  };
  expect(() => reload.reload(signal)).toThrow(
    'would weaken security.api_keys, policy.mode: nothing was changed',
  );
  expect(live.current.session.max_queue).toBe(50);
});

test('a file that was not read at the start is not taken up: nobody keeps agents from it', () => {
  const { reload, file } = open();
  file.files.push('/srv/work/more.yaml');
  expect(() => reload.reload(signal)).toThrow('/srv/work/more.yaml: that needs a restart');
});

test('[L1] each change is taken down with what it was and is, and no secret', () => {
  const { reload, file, audited, store } = open({ security: { api_keys: [key, other] } });
  file.tree = { security: { api_keys: [key] }, webchat: { url: 'https://chat.example.com' } };
  reload.reload({ actor: 'operator:deploy', origin: 'request' });
  expect(audited()).toEqual([
    ['operator:deploy', 'config security.api_keys', '"(secret)" → "(secret)"'],
    ['operator:deploy', 'config webchat.url', 'null → "https://chat.example.com", after a restart'],
  ]);
  expect(reload.history()[0]).toMatchObject({ version: 2, actor: 'operator:deploy', origin: 'request' });
  expect(JSON.stringify([reload.history(), store.configRecords()])).not.toContain(key);
});

test('an earlier version comes back with its values, its secrets too, and is a version of its own', () => {
  const { reload, live, file } = open({ security: { api_keys: [key] }, session: { max_queue: 5 } });
  file.tree = { security: { api_keys: [key] }, session: { max_queue: 7 } };
  reload.reload(signal);
  const back = reload.rollback(1, 'operator');
  expect(back).toEqual({
    version: 3,
    changes: [{ key: 'session.max_queue', old: 7, new: 5, restart: false }],
  });
  expect(live.current.session.max_queue).toBe(5);
  expect(live.current.security.api_keys).toEqual([{ name: null, key }]);
  expect(reload.history().map(({ version, origin }) => [version, origin])).toEqual([
    [3, 'rollback'],
    [2, 'signal'],
    [1, 'start'],
  ]);
  expect(reload.reload(signal)).toMatchObject({ version: 4, changes: [{ old: 5, new: 7 }] });
});

test('[G14] going back weakens nothing either, and a version that is not there is refused', () => {
  const { reload, live, file } = open({ security: { api_keys: [key, other] } });
  file.tree = { security: { api_keys: [key] } };
  reload.reload(signal);
  expect(() => reload.rollback(1, 'operator')).toThrow('would weaken security.api_keys');
  expect(() => reload.rollback(9, 'operator')).toThrow('there is no version 9');
  expect(live.current.security.api_keys).toHaveLength(1);
});

test('64 versions are remembered, over restarts; the same one is not taken down twice', () => {
  const store = createMemoryStore();
  const first = open({ session: { max_queue: 1 } }, { store });
  for (let most = 2; most <= 70; most++) {
    first.file.tree = { session: { max_queue: most } };
    first.reload.reload(signal);
  }
  expect(first.reload.history().map(({ version }) => version)).toEqual(
    Array.from({ length: 64 }, (_, index) => 70 - index),
  );
  const { dataDir } = first;
  expect(open({ session: { max_queue: 70 } }, { store, dataDir }).reload.version).toBe(70);
  const third = open({ session: { max_queue: 9 } }, { store, dataDir });
  expect(third.reload.version).toBe(71);
  expect(third.reload.history()[0]).toMatchObject({ origin: 'start', changes: [{ old: 70, new: 9 }] });
  third.reload.rollback(69, 'operator');
  expect(third.live.current.session.max_queue).toBe(69);
});

test('what another key sealed is not put back, and is no reason not to start', () => {
  const store = createMemoryStore();
  open({ session: { max_queue: 1 } }, { store });
  const { reload } = open({ session: { max_queue: 2 } }, { store });
  expect(reload.version).toBe(2);
  expect(() => reload.rollback(1, 'operator')).toThrow('sealed with another key');
});
