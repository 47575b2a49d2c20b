import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AdminUser } from '../../src/auth/admin-users.ts';
import { createAllowedNetworks } from '../../src/auth/allowed-networks.ts';
import { isPerson } from '../../src/auth/is-person.ts';
import { isRevoked } from '../../src/auth/is-revoked.ts';
import { createRequestGuard } from '../../src/auth/request-guard.ts';
import { WaitingRoom } from '../../src/auth/waiting-room.ts';
import { localRouter, type Router } from '../../src/cluster/router.ts';
import { SessionFiles } from '../../src/files/session-files.ts';
import { systemClock } from '../../src/ground/clock.ts';
import { createIds } from '../../src/ground/ids.ts';
import { type Metrics, noMetrics } from '../../src/ground/metrics.ts';
import { RateLimit } from '../../src/ground/rate-limit.ts';
import { Attention } from '../../src/hooks/push/attention.ts';
import type { Peers } from '../../src/http/admin/peers.ts';
import { answerPublic } from '../../src/http/answer-public.ts';
import { createApi } from '../../src/http/api.ts';
import type { FilesApiOptions } from '../../src/http/files-api.ts';
import { createHttpServer } from '../../src/http/http-server.ts';
import type { OidcDoor } from '../../src/http/oidc-api.ts';
import { createOpenSocket } from '../../src/http/open-socket.ts';
import { docsSite } from '../../src/http/site.ts';
import { createStaticFiles } from '../../src/http/static-files.ts';
import { Adoption } from '../../src/session/adoption.ts';
import type { WatchedFiles } from '../../src/session/session-options.ts';
import { SessionRegistry } from '../../src/session/session-registry.ts';
import { Sharing } from '../../src/sharing/sharing.ts';
import { Snapshots } from '../../src/snapshots/snapshots.ts';
import type { TerminalConversations } from '../../src/worker/worker.ts';
import { openDoor } from '../auth/open-door.ts';
import { noBudget } from '../support/no-budget.ts';
import { noPolicy } from '../support/no-policy.ts';
import { noProcesses } from '../support/no-processes.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';
import { openOperations } from './open-operations.ts';

/** The gateway's port with all that answers there, put together as the gateway does it; sockets are counted and closed. */
export async function openGateway({
  limits,
  oidc,
  metrics = noMetrics,
  fetchFile = () => Promise.reject(new Error('nothing is fetched here')),
  renderMetrics = () => Promise.resolve({ text: '', contentType: 'text/plain' }),
  networks = [],
  adminUsers = [],
  isSecret = () => false,
  allowedDirs = [],
  terminalConversations = { list: async () => [], read: async () => undefined },
  router = localRouter,
  peers,
}: {
  router?: Router;
  /** The nodes beside it; undefined: it is alone. */
  peers?: Peers;
  oidc?: OidcDoor;
  metrics?: Metrics;
  limits?: { headersTimeoutMs: number; requestTimeoutMs: number };
  fetchFile?: FilesApiOptions['fetchFile'];
  renderMetrics?(): Promise<{ text: string; contentType: string }>;
  /** From where operators may ask. */
  networks?: readonly string[];
  adminUsers?: readonly AdminUser[];
  /** Asked of each file that snapshots read: what is to happen in the middle of that may happen here. */
  isSecret?(path: string): boolean;
  /** Where sessions may work; none: anywhere. */
  allowedDirs?: readonly string[];
  /** What was begun with the agent in a terminal. */
  terminalConversations?: TerminalConversations | null;
} = {}) {
  const door = openDoor({ adminUsers });
  const { audit, authenticate, clock, logger, signIn, failures, tickets, store } = door;
  const worker = createScriptedWorker();
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = new SessionFiles({
    ...{ folder, clock, ids: createIds() },
    limits: {
      ...{ maxFileBytes: 1_000_000, maxSessionBytes: 1_500_000, maxSessionFiles: 3 },
      mediaTypes: ['image/png', 'text/plain'],
    },
  });
  const workDir = mkdtempSync(join(tmpdir(), 'hotplex-work-'));
  onTestFinished(() => rmSync(workDir, { recursive: true }));
  const snapshots = new Snapshots({
    ...{
      folder: join(folder, 'snapshots'),
      isEnabled: true,
      isSecret,
      guard: { isProtected: () => false, placeholder: () => '' },
    },
    ...{ clock: systemClock, ids: createIds(), logger },
    limits: { maxFiles: 100, maxFileBytes: 1_000, maxSessionBytes: 10_000, timeoutMs: 1_000 },
  });
  const workDirRules = { privateDirs: [folder], allowedDirs };
  const definition = { ...worker.definition, ...(terminalConversations && { terminalConversations }) };
  const opening = {
    ...{ defaultWorkDir: workDir, workDirRules },
    findWorker: () => ({ definition }),
    checkConfig() {},
  };
  const sessions = new SessionRegistry({
    ...{ store, clock, ids: createIds(), logger },
    ...opening,
    ...{ files, snapshots: unawaited(snapshots) },
    ...noPolicy,
    metrics,
    supervise: (start) => start,
    processes: noProcesses,
    pool: { max: 1, maxPerUser: 1 },
    limits: {
      ...{ permissionTimeoutMs: 1_000, interruptTimeoutMs: 500, maxQueue: 2, maxInputBytes: 100 },
      watch: { firstEventMs: 500, inactivityMs: 500, turnMs: 500, idleMs: 500, lifetimeMs: 500 },
      budget: noBudget,
    },
  });
  const sharing = new Sharing({ store, isEnabled: true, clock, ids: createIds(), audit, logger });
  const adoption = new Adoption({
    ...{ ...opening, store, clock, ids: createIds(), metrics, snapshots: unawaited(snapshots), sessions },
    mayAdopt: (identity) => isPerson(identity) && identity.subject !== 'mallory',
  });
  const apiKeyHeader = 'X-API-Key';
  const stopping = new AbortController();
  const operators = openOperations({
    ...{ store, sessions, clock, renderMetrics, audit, metrics, definition: worker.definition, peers },
  });
  const api = createApi({
    ...{ audit, authenticate, apiKeyHeader, signIn, failures, tickets, sessions, clock, logger, metrics },
    ...{ router, isRevoked: (identity) => isRevoked(identity, store) },
    ...{ ids: createIds(), stopping: stopping.signal, oidc, files, fetchFile, snapshots, sharing },
    workDirRules,
    ...{ adoption, definitions: [definition], defaultWorkDir: import.meta.dirname },
    ...{ push: { publicKey: () => 'public-key', attention: new Attention() }, devices: store },
    foreignOrigins: new Set(['https://tools.example.com']),
    operations: operators.operations,
    operatorAdmission: {
      isAllowed: createAllowedNetworks(networks, 'admin.allowed_networks'),
      rate: new RateLimit(clock, { perSecond: 10, burst: 20 }),
    },
  });
  let opened = 0;
  const server = createHttpServer({
    guard: createRequestGuard({
      hosts: [],
      origins: ['https://chat.example.com', 'https://tools.example.com'],
      apiKeyHeader,
    }),
    answer: answerPublic({
      api,
      webchat: createStaticFiles(import.meta.dirname),
      docs: createStaticFiles(import.meta.dirname, docsSite),
    }),
    openSocket: createOpenSocket({
      ...{ authenticate, apiKeyHeader, requireOpen: () => sessions.requireOpen() },
      isPath: (path) => path === '/ws' || path === '/ws/v1/agent',
      waitingRoom: new WaitingRoom(clock, { places: 8, placesPerAddress: 4 }),
      take({ socket }) {
        opened++;
        socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n', () => socket.destroy());
      },
    }),
    variable: 'HOTPLEX_GATEWAY_ADDR',
    maxFileBytes: files.limits.maxFileBytes,
    ...{ clock: systemClock, logger, limits },
  });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  return {
    ...{ api, door, files, port, server, sessions, sharing, snapshots, worker, workDir, stopping },
    ...operators,
    get opened() {
      return opened;
    },
  };
}

/** Snapshots for which no prompt waits: tests send one and look what came of it in the same breath. */
const unawaited = (snapshots: Snapshots): WatchedFiles => ({
  start(session) {
    void snapshots.start(session);
    return undefined;
  },
  beginTurn: (session, turnId) => snapshots.beginTurn(session, turnId),
  endTurn: (session, turnId) => snapshots.endTurn(session, turnId),
  copyAll: (from, to, turns) => snapshots.copyAll(from, to, turns),
  removeAll: (id) => snapshots.removeAll(id),
});
