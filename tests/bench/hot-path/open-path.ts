import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema } from '../../../apps/gateway/src/config-schema.ts';
import { LogFollower } from '../../../apps/gateway/src/connection/log-follower.ts';
import { systemClock } from '../../../apps/gateway/src/ground/clock.ts';
import { createIds } from '../../../apps/gateway/src/ground/ids.ts';
import { silentLogger } from '../../../apps/gateway/src/ground/logger.ts';
import { createPrometheus } from '../../../apps/gateway/src/prometheus.ts';
import { Session } from '../../../apps/gateway/src/session/session.ts';
import { openSqliteStore } from '../../../apps/gateway/src/store/sqlite-store.ts';
import type { Store } from '../../../apps/gateway/src/store/store.ts';
import { createSupervise } from '../../../apps/gateway/src/supervise.ts';
import { createDemo } from '../../../apps/gateway/src/worker/demo/definition.ts';
import { sessionRecord } from '../../../apps/gateway/test/store/support/records.ts';
import { noBudget } from '../../../apps/gateway/test/support/no-budget.ts';
import { noFiles } from '../../../apps/gateway/test/support/no-files.ts';
import { noPolicy } from '../../../apps/gateway/test/support/no-policy.ts';
import { noProcesses } from '../../../apps/gateway/test/support/no-processes.ts';
import { createFedProcesses } from './fed-process.ts';

export type HotPath = Disposable & {
  /** Frames that were given to sockets so far. */
  frames(): number;
  /** Each session's agent says this, one after the other. */
  say(chunk: Buffer): void;
};

/**
 * What an agent's output goes through, from the bytes of a read to the bytes for a socket: the gateway's own reader,
 * adapter, session, database, metrics and frames. Each session is in a turn and has a client. `other`: a store in the database's place.
 */
export async function openHotPath(sessions: number, other?: Store): Promise<HotPath> {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-hot-path-'));
  const path = join(folder, 'hotplex.db');
  const clock = systemClock;
  const ids = createIds();
  const store = other ?? (await openSqliteStore({ path, clock }));
  const { spawn, feeds } = createFedProcesses();
  const { metrics } = createPrometheus(() => Promise.reject(new Error('nobody reads')));
  const { worker: config } = configSchema.parse({});
  const workDirRules = { privateDirs: [], allowedDirs: [] };
  const supervise = createSupervise({ config, clock, ids, metrics, random: () => 0.5, workDirRules });
  const definition = createDemo({ spawn, environment: {}, dataDir: folder });
  let frames = 0;
  let flushed: (() => void)[] = [];
  const socket = {
    send(given: readonly Buffer[], done?: () => void) {
      frames += given.length;
      if (done) flushed.push(done);
    },
    pause() {},
    resume() {},
    close() {},
  };
  for (let index = 0; index < sessions; index += 1) {
    const record = sessionRecord({
      id: `sess_${ids.uuid()}`,
      clientKey: `${index}`,
      workerType: 'demo',
      workDir: folder,
    });
    store.create(record);
    const session = new Session(record, {
      ...{ store, clock, ids, logger: silentLogger, metrics, definition, supervise, files: noFiles },
      limits: {
        ...{ permissionTimeoutMs: 60_000, interruptTimeoutMs: 60_000, maxQueue: 10, maxInputBytes: 1_000 },
        watch: { firstEventMs: 60_000, inactivityMs: 60_000, turnMs: 600_000, idleMs: 60_000, lifetimeMs: 0 },
        budget: noBudget,
      },
      ...noPolicy,
      makeRoom() {},
      hasRoom: () => true,
      processes: noProcesses,
      onReady() {},
    });
    new LogFollower({
      ...{ session, socket, clock, after: 0, maxBufferedBytes: 1024 * 1024, slowTimeoutMs: 60_000 },
      onBehind() {},
      onStuck() {},
    });
    session.prompt({ inputId: ids.uuid(), content: 'go', author: 'me' });
  }
  return {
    frames: () => frames,
    say(chunk) {
      for (const feed of feeds) feed(chunk);
      const done = flushed;
      flushed = [];
      for (const tell of done) tell();
    },
    [Symbol.dispose]() {
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
