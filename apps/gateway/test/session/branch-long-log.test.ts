import { join } from 'node:path';
import { setImmediate as nextRound } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Identity } from '../../src/auth/identity.ts';
import { systemClock } from '../../src/ground/clock.ts';
import { createIds } from '../../src/ground/ids.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { noMetrics } from '../../src/ground/metrics.ts';
import { SessionRegistry } from '../../src/session/session-registry.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { eventRecords, sessionRecord } from '../store/support/records.ts';
import { temporaryFolder } from '../store/support/temporary-folder.ts';
import { noBudget } from '../support/no-budget.ts';
import { noFiles } from '../support/no-files.ts';
import { noPolicy } from '../support/no-policy.ts';
import { noProcesses } from '../support/no-processes.ts';
import { noSnapshots } from '../support/no-snapshots.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';

const events = 3_000;
const identity: Identity = {
  ...{ subject: 'alice', botId: null, role: 'driver', method: 'api_key' },
  ...{ expiresAt: null, tokenId: null, signedInAt: null },
};

/** A gateway's sessions, of which one has a long log. */
async function open() {
  const store = await openSqliteStore({ path: join(temporaryFolder(), 'hotplex.db'), clock: systemClock });
  onTestFinished(() => store.close());
  const workDir = import.meta.dirname;
  const { definition } = createScriptedWorker();
  const sessions = new SessionRegistry({
    ...{ store, clock: systemClock, ids: createIds(), logger: silentLogger, defaultWorkDir: workDir },
    workDirRules: { privateDirs: [], allowedDirs: [] },
    ...{ findWorker: () => ({ definition }), checkConfig() {} },
    ...{ files: noFiles, snapshots: noSnapshots, ...noPolicy, metrics: noMetrics },
    ...{ supervise: (start) => start, processes: noProcesses, pool: { max: 9, maxPerUser: 9 } },
    limits: {
      ...{ permissionTimeoutMs: 1_000, interruptTimeoutMs: 500, maxQueue: 2, maxInputBytes: 100 },
      watch: { firstEventMs: 0, inactivityMs: 0, turnMs: 0, idleMs: 0, lifetimeMs: 0 },
      budget: noBudget,
    },
  });
  store.create(sessionRecord({ id: 'long', workerType: 'scripted', workDir }), {
    events: eventRecords(1, events),
  });
  return { store, sessions };
}

test('[I5] others have their turn while a long log is copied for a branch', async () => {
  const { store, sessions } = await open();
  let rounds = 0;
  let isOver = false;
  const making = sessions.branch('long', identity).finally(() => {
    isOver = true;
  });
  for (; !isOver; rounds += 1) await nextRound();
  const { id } = (await making).record;
  expect(rounds).toBeGreaterThanOrEqual(5);
  expect(store.events(id, 0, events)).toEqual(eventRecords(1, events));
  expect(store.events(id, events, 10).map(({ type }) => type)).toEqual(['session.forked']);
});

test.each([
  ['it is deleted', 'SESSION_NOT_FOUND', (sessions: SessionRegistry) => sessions.remove('long', identity)],
  [
    'the gateway stops',
    'RECONNECT_REQUIRED',
    (sessions: SessionRegistry) => sessions.close({ keepAgents: false }),
  ],
])('[I5] nothing is left of a branch if %s meanwhile', async (_, code, intervene) => {
  const { store, sessions } = await open();
  const refused = expect(sessions.branch('long', identity)).rejects.toMatchObject({ code });
  await nextRound();
  await intervene(sessions);
  await refused;
  expect(store.list({ limit: 10 }).filter(({ id }) => id !== 'long')).toEqual([]);
});
