import { expect } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { createIds } from '../../src/ground/ids.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { noMetrics } from '../../src/ground/metrics.ts';
import { Session } from '../../src/session/session.ts';
import type { SessionOptions } from '../../src/session/session-options.ts';
import { noTotals } from '../../src/session/turn-totals.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { EventRecord, SessionRecord } from '../../src/store/store.ts';
import type { StartWorker, WorkerCapabilities } from '../../src/worker/worker.ts';
import { createLateStore, settlingAfterCalls } from '../support/late-store.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { noBudget } from '../support/no-budget.ts';
import { noFiles } from '../support/no-files.ts';
import { noPolicy } from '../support/no-policy.ts';
import { noProcesses } from '../support/no-processes.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';

/** Whether what sessions write is settled when the write returns, as with SQLite, or later, as in a cluster. */
export const settling = { isLate: false };

export const freshRecord: SessionRecord = {
  ...{
    id: 's',
    ownerId: 'o',
    botId: null,
    workerType: 'scripted',
    clientKey: '',
    isNamed: false,
    isArchived: false,
    title: null,
    workDir: '/',
    state: 'created',
    config: {},
  },
  ...{
    nativeSessionId: null,
    forkOf: null,
    epoch: 'e',
    lastSeq: 0,
    turn: null,
    totals: noTotals,
    createdAt: 0,
    updatedAt: 0,
  },
};
export const limits = {
  permissionTimeoutMs: 1_000,
  interruptTimeoutMs: 500,
  maxQueue: 2,
  maxInputBytes: 100,
  watch: { firstEventMs: 5_000, inactivityMs: 10_000, turnMs: 60_000, idleMs: 20_000, lifetimeMs: 100_000 },
  budget: noBudget,
};

/** A policy that says the same of every call. */
export const ofPolicy = (decision: 'allow' | 'ask' | 'deny') => ({
  judge: () => ({ decision, rule: 'T1', reason: 'the test says so' }),
});

/** A session with a worker whose words a test says itself; what it tells is checked to be stored first. */
export function openSession(
  capabilities: Partial<WorkerCapabilities> = {},
  changed: Partial<SessionOptions> = {},
) {
  const atOnce = createMemoryStore();
  const late = settling.isLate ? createLateStore(atOnce) : undefined;
  const memory = late?.store ?? atOnce;
  const settled = <T extends object>(target: T) => (late ? settlingAfterCalls(target, late.settle) : target);
  const disk = { isFull: false };
  const store: typeof memory = {
    ...memory,
    commit(...what) {
      if (disk.isFull) throw new GatewayError('GATEWAY_OVERLOAD', 'the disk is full');
      memory.commit(...what);
    },
  };
  const clock = settled(createManualClock());
  /** Of one gateway: once it is dead, nothing of it is stored and none of its timers fires. */
  let life = { isOver: false };
  const living = (clockSet = 0) => {
    const own = life;
    return {
      store: {
        ...store,
        commit(...what: Parameters<typeof store.commit>) {
          if (own.isOver) throw new GatewayError('GATEWAY_OVERLOAD', 'this gateway is dead');
          store.commit(...what);
        },
        ...(store.awaitSettled && {
          awaitSettled: (id: string, told: () => void) =>
            store.awaitSettled?.(id, () => own.isOver || told()) ?? false,
        }),
      },
      clock: {
        ...clock,
        now: () => clock.now() + clockSet,
        after: (ms: number, fire: () => void) => clock.after(ms, () => own.isOver || fire()),
      },
    };
  };
  const worker = settled(createScriptedWorker(capabilities));
  const options = {
    ...living(),
    ids: createIds(),
    logger: silentLogger,
    definition: worker.definition,
    limits,
    files: noFiles,
    ...noPolicy,
    makeRoom: () => {},
    hasRoom: () => true,
    metrics: noMetrics,
    supervise: (start: StartWorker) => start,
    processes: noProcesses,
    onReady: () => {},
    ...changed,
  };
  store.create(freshRecord);
  const session = settled(new Session(freshRecord, options));
  const told: EventRecord[] = [];
  const listener = {
    deliver(events: readonly EventRecord[]) {
      expect(store.events('s', (events[0]?.seq ?? 1) - 1, events.length)).toEqual(events);
      told.push(...events);
    },
  };
  session.attach(listener);
  const kinds = () => told.map(({ type }) => type);
  const last = (type: string) => JSON.parse(told.findLast((event) => event.type === type)?.data ?? 'null');
  /** The gateway dies; the session as the next one finds it. The wall clock was set by so much meanwhile, milliseconds. */
  const revive = (found: Partial<SessionOptions> = {}, clockSet = 0) => {
    life.isOver = true;
    life = { isOver: false };
    const left = store.find('s') ?? freshRecord;
    const next = settled(new Session(left, { ...options, ...living(clockSet), ...found }));
    next.attach(listener);
    return next;
  };
  return { disk, store, clock, worker, session, told, kinds, last, revive };
}
