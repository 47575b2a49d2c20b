import { localRouter, type Router } from '../../src/cluster/router.ts';
import { ClientLimits, type ClientQuotas } from '../../src/connection/client-limits.ts';
import { Connection } from '../../src/connection/connection.ts';
import { Presence } from '../../src/connection/presence.ts';
import { createIds } from '../../src/ground/ids.ts';
import { noMetrics } from '../../src/ground/metrics.ts';
import { SessionRegistry } from '../../src/session/session-registry.ts';
import type { Store } from '../../src/store/store.ts';
import { openDoor } from '../auth/open-door.ts';
import { noBudget } from '../support/no-budget.ts';
import { noFiles } from '../support/no-files.ts';
import { noPolicy } from '../support/no-policy.ts';
import { noProcesses } from '../support/no-processes.ts';
import { noSnapshots } from '../support/no-snapshots.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';
import { createSlowSocket, type SlowSocket } from './slow-socket.ts';

const quotas: ClientQuotas = {
  ...{ framesPerSecond: 10, framesBurst: 20 },
  user: { connections: 2, inputsPerMinute: 3 },
  key: { connections: 4, inputsPerMinute: 6 },
};

export type Client = SlowSocket & {
  /** Sends a frame and waits until it was handled. */
  say(type: string, data?: Record<string, unknown>, id?: string): Promise<void>;
  /** The data of all frames of a kind. */
  told(type: string): Record<string, unknown>[];
  connection: Connection;
  /** How often it was said that somebody is known here, or gone. */
  readonly settled: number;
};

type ConnectionsOptions = {
  /** May put another store before the one there is. */
  keepIn?: (store: Store) => Store;
  router?: Router;
};

/** Connections with all that is behind them, as the gateway puts it together, over sockets and a clock of the test. */
export function openConnections({
  keepIn = (store: Store) => store,
  router = localRouter,
}: ConnectionsOptions = {}) {
  const door = openDoor();
  const { audit, authenticate, clock, logger } = door;
  const store = keepIn(door.store);
  const worker = createScriptedWorker();
  const sessions = new SessionRegistry({
    ...{ store, clock, ids: createIds(), logger, defaultWorkDir: import.meta.dirname },
    workDirRules: { privateDirs: [], allowedDirs: [] },
    findWorker: () => ({ definition: worker.definition }),
    files: noFiles,
    snapshots: noSnapshots,
    ...noPolicy,
    metrics: noMetrics,
    supervise: (start) => start,
    processes: noProcesses,
    checkConfig() {},
    pool: { max: 1, maxPerUser: 1 },
    limits: {
      ...{ permissionTimeoutMs: 1_000, interruptTimeoutMs: 500, maxQueue: 9, maxInputBytes: 100 },
      watch: { firstEventMs: 0, inactivityMs: 0, turnMs: 0, idleMs: 0, lifetimeMs: 0 },
      budget: noBudget,
    },
  });
  const clientLimits = new ClientLimits(clock, quotas);
  const presence = new Presence();

  const connect = (): Client => {
    const socket = createSlowSocket();
    let settled = 0;
    const connection = new Connection(
      socket,
      {
        attempt: { address: '127.0.0.1', origin: null },
        identity: undefined,
        offeredSubprotocol: true,
        traceparent: undefined,
        settled: () => void settled++,
      },
      {
        ...{
          audit,
          authenticate,
          sessions,
          router,
          clock,
          logger,
          metrics: noMetrics,
          clientLimits,
          presence,
          ids: createIds(),
        },
        findWorker: () => ({ definition: worker.definition }),
        isRevoked: ({ tokenId }) => tokenId !== null && store.isRevoked(tokenId),
        ...{ prewarm: false, maxFrameBytes: 1_000_000, initTimeoutMs: 5_000, maxBufferedBytes: 10_000 },
        ...{ slowTimeoutMs: 30_000, reauthGraceMs: 30_000, revocationCheckMs: 5_000 },
      },
    );
    return Object.defineProperties(
      {},
      {
        ...Object.getOwnPropertyDescriptors(socket),
        connection: { value: connection },
        settled: { get: () => settled },
        say: {
          value(type: string, data: Record<string, unknown> = {}, id = 'c1') {
            connection.receive(JSON.stringify({ version: 'aep/v1', id, event: { type, data } }));
            return socket.read();
          },
        },
        told: {
          value: (type: string) =>
            socket.frames.flatMap(({ event }) => (event.type === type ? [event.data] : [])),
        },
      },
    ) as Client;
  };

  /** A client that has signed in; by default each with a session of its own. */
  const join = async (token: string, init: Record<string, unknown> = {}) => {
    const client = connect();
    await client.say('init', { version: 'aep/v1', worker_type: 'scripted', auth: { token }, ...init });
    return client;
  };
  return { clientLimits, clock, connect, door, join, sessions, store, worker };
}
