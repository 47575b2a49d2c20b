import type { WebSocketConstructor } from '@hotplex/client-sdk';
import { openAdmission, startAdmin } from './admin.ts';
import { isRevoked } from './auth/is-revoked.ts';
import type { LoadedConfig } from './config.ts';
import type { Config } from './config-schema.ts';
import { ClientLimits } from './connection/client-limits.ts';
import { ownWebSocket } from './connection/own-client.ts';
import { Presence } from './connection/presence.ts';
import { WsServer } from './connection/ws-server.ts';
import { openGatewayDoors } from './gateway-doors.ts';
import { createGatewayFiles } from './gateway-files.ts';
import { openFrontDoors } from './gateway-front-doors.ts';
import { openHooks } from './gateway-hooks.ts';
import { createGatewayJudge } from './gateway-judge.ts';
import { quotasOf, sessionLimitsOf } from './gateway-limits.ts';
import { openGatewayListener } from './gateway-listener.ts';
import { readGauges } from './gateway-metrics.ts';
import { openOidc } from './gateway-oidc.ts';
import { createOperations } from './gateway-operations.ts';
import { gatewayPlaces } from './gateway-places.ts';
import { createGatewaySnapshots } from './gateway-snapshots.ts';
import { workDirRulesOf } from './gateway-work-dirs.ts';
import type { Audit } from './ground/audit.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';
import type { LogLines } from './ground/log-lines.ts';
import { type Logger, logOf } from './ground/logger.ts';
import type { Tracing } from './ground/tracing.ts';
import { createApi } from './http/api.ts';
import { createMcpServerGuard } from './mcp-server-guard.ts';
import { PolicyDecisionRing } from './policy-decision-ring.ts';
import type { IsolationLevel, LastingProcesses } from './process/child-process.ts';
import { createPrometheus } from './prometheus.ts';
import { refuseFlagValues } from './refuse-flag-values.ts';
import { Audience } from './session/audience.ts';
import { MemorySamples } from './session/memory-samples.ts';
import { Retention } from './session/retention.ts';
import { SessionRegistry } from './session/session-registry.ts';
import { Sharing } from './sharing/sharing.ts';
import type { Store } from './store/store.ts';
import { createSupervise } from './supervise.ts';
import type { WorkerRegistry } from './worker/registry.ts';

export type GatewayParts = {
  config: Config;
  /** Where its settings came from. */
  origins: LoadedConfig['origins'];
  /** The files that came from. */
  configFiles: readonly string[];
  store: Store;
  workers: WorkerRegistry;
  processes: LastingProcesses;
  /** What keeps agents from the rest of the machine, for operators to see. */
  isolation: IsolationLevel;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  /** The last lines of that, for operators to see. */
  logLines: LogLines;
  random: () => number;
  defaultWorkDir: string;
  dataDir: string;
  /** The web chat's export; undefined serves none. */
  webchatDir: string | undefined;
  /** The documentation's site; undefined says that it is not built. */
  docsDir: string | undefined;
  /** Of the gateway itself. */
  version: string;
  /** Told what took how long; undefined: nobody. */
  tracing: Tracing | undefined;
  /** Whether it opens its port. Without one its clients are those of its own process. */
  isListening: boolean;
};

export type Gateway = {
  /** Where it listens; a name that leads nowhere if it does not. */
  url: string;
  /** Sockets for the gateway's own process, as this user. */
  localSocket(subject: string): WebSocketConstructor;
  /** A link that signs one browser in, once. */
  signInLink(): string;
  /**
   * Takes no more work and sends clients away, lets running turns end, for a while or until `hurry` is aborted, then
   * ends all agents, but for those that can be kept for the next gateway if they are to be (default: as configured), and
   * closes the store (rule C4).
   */
  close(how: { hurry: AbortSignal; keepAgents?: boolean }): Promise<void>;
  /** How many sockets are open. */
  clients(): number;
};

/** Names ending so are never looked up (RFC 2606). */
const withoutPort = 'http://hotplex.invalid';

/** How many decisions of the policy are at hand for operators. */
const keptDecisions = 1_000;

/** Wires the rooms together and opens the door. Throws StartError. */
export async function startGateway(parts: GatewayParts): Promise<Gateway> {
  const { config, store, workers, clock, ids, logger, dataDir } = parts;
  const { security } = config;
  const audit: Audit = { record: (entry) => store.recordAudit(entry, clock.now()) };
  const { failures, tickets, signIn, storedKey, authenticate } = openGatewayDoors({ ...parts, audit });
  const prometheus = createPrometheus(() => readGauges({ store, sessions, sockets, operations }));
  const { metrics } = prometheus;

  const workDirRules = workDirRulesOf(parts);
  const gatewayPorts = [...gatewayPlaces(config, parts.configFiles).gatewayPorts];
  const { pool } = config.worker;
  const samples = new MemorySamples({
    pids: () => sessions.working().flatMap(({ workerPid }) => workerPid ?? []),
    measure: parts.processes.measure,
    clock,
  });
  const { files, fetchFile } = createGatewayFiles({ ...parts, gatewayPorts });
  const hooks = openHooks({ ...parts, gatewayPorts, webchatUrl: () => config.webchat.url ?? url });
  const guardMcpServers = createMcpServerGuard(gatewayPorts);
  const snapshots = createGatewaySnapshots(parts);
  const audience = new Audience();
  const decisions = new PolicyDecisionRing(keptDecisions);
  const sessions = new SessionRegistry({
    ...{ files, hooks, snapshots, audience, tracing: parts.tracing },
    ...{ store, clock, ids, logger: logOf('session', logger), metrics, defaultWorkDir: parts.defaultWorkDir },
    findWorker: (type) => workers.find(type),
    workDirRules,
    checkConfig(given) {
      refuseFlagValues(given);
      guardMcpServers(given);
    },
    judge: createGatewayJudge({ config, configFiles: parts.configFiles, gatewayPorts, clock, metrics }),
    autoAllowSafe: config.policy.mode === 'auto_allow_safe',
    noteDecision: (decision) => decisions.add(decision),
    processes: parts.processes,
    supervise: createSupervise({
      ...{ config: config.worker, clock, ids, metrics, random: parts.random, workDirRules },
    }),
    limits: sessionLimitsOf(config),
    pool: {
      max: pool.max,
      maxPerUser: pool.max_per_user,
      ...(pool.max_memory_per_user > 0 && {
        memory: { maxPerUser: pool.max_memory_per_user, of: (pid: number) => samples.of(pid) },
      }),
    },
  });
  store.sweepCredentials(clock.now());

  const oidc = openOidc({ config, gatewayPorts, ids, logger });
  const clientLimits = new ClientLimits(clock, quotasOf(config));
  const sockets = new WsServer({
    ...{ clock, ids, logger: logOf('connection', logger), metrics, authenticate, sessions, audit },
    findWorker: (type) => workers.find(type),
    maxFrameBytes: config.gateway.max_frame_size,
    prewarm: config.worker.prewarm.on_connect,
    initTimeoutMs: config.gateway.init_timeout,
    pingIntervalMs: config.gateway.ping_interval,
    maxBufferedBytes: config.gateway.client_buffer,
    slowTimeoutMs: config.gateway.slow_client_timeout,
    clientLimits,
    presence: new Presence(),
    isRevoked: (identity) => isRevoked(identity, store),
    reauthGraceMs: security.reauth_grace,
    revocationCheckMs: security.revocation_check,
  });

  const { api_key_header: apiKeyHeader } = security;
  const { drain_timeout: withinMs } = config.gateway;
  const drain = (hurry: AbortSignal, keepAgents: boolean) => {
    const drained = sessions.drain({ withinMs, hurry, keepAgents });
    sockets.sendAway(parts.random);
    return drained;
  };
  const operations = createOperations({
    ...{ ...parts, sessions, sockets, decisions },
    drain: () => void drain(new AbortController().signal, config.worker.keep_on_stop),
    renderMetrics: () => prometheus.render(),
  });
  const admitted = openAdmission(config.admin, clock);
  const admin = await startAdmin({
    ...{ config, dataDir, operations, admitted, failures, findApiKey: storedKey },
    ...{ audit, clock, logger, metrics },
  });

  const sharing = new Sharing({
    ...{ store, isEnabled: config.session.share_links, clock, ids, audit },
    logger: logOf('sharing', logger),
  });
  const stopping = new AbortController();
  const forHttp = {
    ...{ authenticate, apiKeyHeader, sessions, audit, clock, ids, logger: logOf('http', logger), metrics },
    ...{ stopping: stopping.signal, definitions: workers.definitions, defaultWorkDir: parts.defaultWorkDir },
  };
  const api = createApi({
    ...{ ...forHttp, signIn, failures, tickets, oidc, files, fetchFile, snapshots, sharing },
    foreignOrigins: new Set(security.allowed_origins),
    ...{ operations, operatorAdmission: admitted },
  });
  const front = { ...forHttp, api, audience, clientLimits, sockets };
  const { opencode } = await openFrontDoors({ ...parts, ...front });
  const listener = parts.isListening
    ? await openGatewayListener({ ...parts, api, opencode, authenticate, sessions, sockets })
    : undefined;
  const url = listener?.url ?? withoutPort;
  // The configured one may leave the choice to the system.
  if (listener) gatewayPorts.push(listener.port);
  // Not before: a gateway that cannot listen ends at once, and would take the agents it began with it.
  sessions.recover();
  hooks?.start();
  const retention = new Retention({
    ...{ store, clock, logger: logOf('session', logger), keepMs: config.session.retention },
    expire: (id, untouchedSince) => sessions.expire(id, untouchedSince),
  });
  void retention.start();
  if (pool.max_memory_per_user > 0) void samples.start();

  return {
    url,
    localSocket: (subject) => ownWebSocket((socket, peer) => sockets.connect(socket, peer), subject),
    signInLink() {
      const link = new URL(config.webchat.url ?? url);
      link.hash = `code=${signIn.newCode()}`;
      return link.href;
    },
    clients: () => sockets.size,
    async close({ hurry, keepAgents = config.worker.keep_on_stop }) {
      stopping.abort();
      retention.stop();
      samples.stop();
      await drain(hurry, keepAgents);
      await sessions.close({ keepAgents });
      await sockets.close();
      await listener?.close();
      await Promise.all(workers.definitions.map((definition) => definition.close?.()));
      await snapshots.settled();
      await parts.processes.close(keepAgents ? sessions.keptProcesses() : new Set());
      await admin?.close();
      await hooks?.close();
      store.close();
    },
  };
}
