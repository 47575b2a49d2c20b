import { expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { createIds } from '../../src/ground/ids.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { noMetrics } from '../../src/ground/metrics.ts';
import { SessionRegistry } from '../../src/session/session-registry.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { inputRecord, sessionRecord } from '../store/support/records.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { noBudget } from '../support/no-budget.ts';
import { noFiles } from '../support/no-files.ts';
import { noPolicy } from '../support/no-policy.ts';
import { noProcesses } from '../support/no-processes.ts';
import { noSnapshots } from '../support/no-snapshots.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';

function setUp(
  store = createMemoryStore(),
  processes: ConstructorParameters<typeof SessionRegistry>[0]['processes'] = noProcesses,
) {
  const worker = createScriptedWorker();
  const registry = new SessionRegistry({
    ...{ store, clock: createManualClock(), ids: createIds(), logger: silentLogger },
    limits: {
      ...{ permissionTimeoutMs: 1_000, interruptTimeoutMs: 500, maxQueue: 2, maxInputBytes: 100 },
      watch: { firstEventMs: 0, inactivityMs: 0, turnMs: 0, idleMs: 0, lifetimeMs: 0 },
      budget: noBudget,
    },
    files: noFiles,
    snapshots: noSnapshots,
    ...noPolicy,
    metrics: noMetrics,
    supervise: (start) => start,
    processes,
    pool: { max: 5, maxPerUser: 5 },
    findWorker(type) {
      if (type !== 'scripted') throw new GatewayError('CONFIG_INVALID', `no worker type ${type}`);
      return { definition: worker.definition };
    },
    defaultWorkDir: import.meta.dirname,
    checkConfig() {},
    workDirRules: { privateDirs: [], allowedDirs: [] },
  });
  return { store, worker, registry };
}
const scripted = { workerType: 'scripted', turn: null } as const;

test.each(['created', 'idle', 'terminated'] as const)(
  '[S6] [G5] a prompt that waited in a session that was %s is run after a restart',
  (state) => {
    const { store, worker, registry } = setUp();
    const waiting = inputRecord('a', { turnId: null, content: 'waits' });
    store.create(sessionRecord({ id: 's', ...scripted, state }), { inputs: [waiting] });
    registry.recover();
    expect(worker.prompts.map(({ content }) => content)).toEqual(['waits']);
  },
);

test('[S6] [G9] a session whose agent is not there any more keeps no other from being recovered', () => {
  const { store, registry } = setUp();
  store.create(sessionRecord({ id: 'gone', workerType: 'gone', state: 'running', updatedAt: 2 }));
  store.create(sessionRecord({ id: 's', ...scripted, state: 'running', updatedAt: 1 }));
  registry.recover();
  expect(store.find('s')?.state).toBe('terminated');
});

test('[G8] a process that sessions share is not ended for one of them while another goes on in it', () => {
  const reaped: string[] = [];
  const processes = {
    ...noProcesses,
    reap: async ({ mark }: { mark: string }) => void reaped.push(mark),
  };
  const { store, worker, registry } = setUp(createMemoryStore(), processes);
  const left = (mark: string, turnId: string | null) => ({
    ...{ process: { pid: 4711, startTime: '1', mark, folder: '/nowhere' }, offset: 0, turnId },
    memory: JSON.stringify({ background: 0, worker: null }),
  });
  const running = { ...scripted, state: 'running', turn: { id: 't', firstSeq: 1 } } as const;
  // Of the turn of the first and third nobody knows whether the agent has it.
  for (const [id, mark, turnId] of [
    ['a', 'shared', null],
    ['b', 'shared', 't'],
    ['c', 'alone', null],
  ] as const) {
    store.create(sessionRecord({ id, ...running }));
    store.commit(id, { worker: left(mark, turnId) }, 0);
  }
  registry.recover();
  expect(reaped).toEqual(['alone']);
  expect(worker.starts.map(({ adopt }) => adopt?.process.mark)).toEqual(['shared']);
});

test('[H6] the key of a deleted session whose rows were left behind opens a new one', () => {
  const { store, registry } = setUp();
  const identity = { subject: 'me', botId: null } as Parameters<typeof registry.open>[0]['identity'];
  const ask = { identity, workerType: 'scripted', key: 'k' };
  const { id, lastSeq } = registry.open(ask).record;
  store.commit(id, { session: { state: 'deleted' } }, lastSeq);
  const { registry: restarted } = setUp(store);
  expect(restarted.open(ask).record).toMatchObject({ id, state: 'created' });
});

test('[G8] what nobody goes on with is looked for before anything is started, and what somebody goes on with is left', () => {
  const swept: string[][] = [];
  const { store, worker, registry } = setUp(createMemoryStore(), {
    has: ({ folder }) => folder === '/here',
    reap: async () => {},
    async sweep(keep) {
      expect(worker.starts).toEqual([]);
      swept.push([...keep]);
    },
  });
  for (const [id, folder] of Object.entries({ own: '/here', copied: '/elsewhere' })) {
    store.create(sessionRecord({ id, ...scripted, state: 'idle' }));
    const process = { pid: 1, startTime: '1', mark: `mark of ${id}`, folder };
    store.commit(id, { worker: { process, offset: 0, memory: '{}', turnId: null } }, 0);
  }
  registry.recover();
  expect(swept).toEqual([['mark of own']]);
});
