import { expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { createIds } from '../../src/ground/ids.ts';
import { type Logger, silentLogger } from '../../src/ground/logger.ts';
import { noMetrics } from '../../src/ground/metrics.ts';
import { movedOn } from '../../src/session/ask-owner.ts';
import { OperatorSessions } from '../../src/session/operator-sessions.ts';
import { SessionRegistry } from '../../src/session/session-registry.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { StartWorker } from '../../src/worker/worker.ts';
import { inputRecord, sessionRecord } from '../store/support/records.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { noBudget } from '../support/no-budget.ts';
import { noFiles } from '../support/no-files.ts';
import { noPolicy } from '../support/no-policy.ts';
import { noProcesses } from '../support/no-processes.ts';
import { noSnapshots } from '../support/no-snapshots.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';

/** The registry of a node that takes up and loses sessions, and whose agents take until a test says so to end. */
function open() {
  const store = createMemoryStore();
  const worker = createScriptedWorker();
  const ending: PromiseWithResolvers<void>[] = [];
  const start: StartWorker = (...how) => {
    const started = worker.definition.start(...how);
    return {
      ...started,
      async stop() {
        const ended = Promise.withResolvers<void>();
        ending.push(ended);
        await ended.promise;
        return started.stop();
      },
    };
  };
  const reaped: string[] = [];
  const told: unknown[] = [];
  const logger: Logger = { ...silentLogger, error: (details) => void told.push(details) };
  const registry = new SessionRegistry({
    ...{ store, clock: createManualClock(), ids: createIds(), logger },
    limits: {
      ...{ permissionTimeoutMs: 1_000, interruptTimeoutMs: 500, maxQueue: 5, maxInputBytes: 100 },
      watch: { firstEventMs: 0, inactivityMs: 0, turnMs: 0, idleMs: 0, lifetimeMs: 0 },
      budget: noBudget,
    },
    files: noFiles,
    snapshots: noSnapshots,
    ...noPolicy,
    metrics: noMetrics,
    supervise: (given) => given,
    processes: {
      ...noProcesses,
      has: ({ folder }) => folder === '/nowhere',
      reap: async ({ mark }) => void reaped.push(mark),
    },
    pool: { max: 5, maxPerUser: 5 },
    findWorker(type) {
      if (type !== 'scripted') throw new GatewayError('CONFIG_INVALID', `no worker type ${type}`);
      return { definition: { ...worker.definition, start } };
    },
    defaultWorkDir: import.meta.dirname,
    checkConfig() {},
    workDirRules: { privateDirs: [], allowedDirs: [] },
  });
  /** All that can be done by now is done. */
  const settle = async () => {
    for (let round = 0; round < 5; round += 1) await new Promise(setImmediate);
  };
  const lose = (id: string) => registry.live(id)?.lose(movedOn());
  const prompts = () => worker.prompts.map(({ content }) => content);
  return { store, worker, registry, ending, reaped, told, settle, lose, prompts };
}
type World = ReturnType<typeof open>;

/** In the middle of a turn, with a prompt behind it. */
async function beginTurn({ store, registry, settle }: World): Promise<void> {
  store.create(sessionRecord({ id: 's', workerType: 'scripted', turn: null, state: 'idle' }));
  registry.takeUp('s');
  const session = registry.live('s');
  session?.prompt({ inputId: 'first', content: 'first', author: 'me' });
  session?.prompt({ inputId: 'second', content: 'second', author: 'me' });
  await settle();
}

test('[S2] a session that is lost and taken up again starts no agent before the one it had is gone', async () => {
  const world = open();
  const { worker, registry, ending, settle, lose, prompts } = world;
  await beginTurn(world);
  lose('s');
  registry.takeUp('s');
  await settle();
  expect(ending).toHaveLength(1);
  expect(worker.starts).toHaveLength(1);
  // And once more, while that agent still ends.
  lose('s');
  registry.takeUp('s');
  await settle();
  expect(worker.starts).toHaveLength(1);
  expect(registry.live('s')?.record.state).toBe('terminated');
  ending[0]?.resolve();
  await settle();
  expect(worker.starts).toHaveLength(2);
  expect(prompts()).toEqual(['first', 'second']);
});

test.each(['ends', 'is gone'])(
  '[G8] an agent that was given up is not gone on with, although it could outlive the gateway and %s',
  async (how) => {
    const world = open();
    const { store, worker, registry, ending, settle, lose, reaped } = world;
    worker.state = { offset: 7, memory: null };
    await beginTurn(world);
    worker.say({ type: 'message.delta', data: { message_id: 'm', content: 'x' } });
    expect(store.worker('s')).toMatchObject({ process: { mark: 'mark' }, turnId: expect.any(String) });
    lose('s');
    if (how === 'is gone') {
      ending[0]?.resolve();
      await settle();
    }
    registry.takeUp('s');
    ending[0]?.resolve();
    await settle();
    expect(worker.starts.map(({ adopt }) => adopt)).toEqual([undefined, undefined]);
    // Others may be at work in the same process.
    expect(reaped).toEqual([]);
  },
);

test('[G9] a session whose agent this node does not have is taken up, to be read and deleted', async () => {
  const { store, registry, told, settle } = open();
  const record = sessionRecord({ id: 'gone', workerType: 'removed', state: 'idle' });
  store.create(record);
  registry.takeUp('gone');
  expect(told).toEqual([{ session: 'gone', error: expect.stringContaining('no worker type removed') }]);
  const operators = new OperatorSessions(store, registry);
  expect(operators.find('gone').record).toMatchObject({ id: 'gone', workerType: 'removed' });
  await operators.remove('gone');
  await settle();
  expect(store.find('gone')).toBeUndefined();
});

test('[C4] what is taken up while a node is emptied begins nothing there', async () => {
  const { store, worker, registry, settle } = open();
  await registry.drain({ withinMs: 1_000, hurry: new AbortController().signal, keepAgents: false });
  const waiting = inputRecord('a', { turnId: null, content: 'waits' });
  store.create(sessionRecord({ id: 's', workerType: 'scripted', turn: null, state: 'idle' }), {
    inputs: [waiting],
  });
  registry.takeUp('s');
  await settle();
  expect(worker.starts).toEqual([]);
  expect(store.inputs('s', ['queued'])).toHaveLength(1);
  await registry.handOver('s');
  expect(registry.live('s')).toBeUndefined();
});
