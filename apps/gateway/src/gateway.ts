import type { WebSocketConstructor } from '@hotplex/client-sdk';
import { openAdmission, startAdmin } from './admin.ts';
import type { Config } from './config-schema.ts';
import { ClientLimits } from './connection/client-limits.ts';
import { ownWebSocket } from './connection/own-client.ts';
import { Presence } from './connection/presence.ts';
import { WsServer } from './connection/ws-server.ts';
import { type ConfigFiles, type GatewayConfig, openGatewayConfig } from './gateway-config.ts';
import { openGatewayDoors } from './gateway-doors.ts';
import { createGatewayFiles } from './gateway-files.ts';
import { openFrontDoors } from './gateway-front-doors.ts';
import { openHooks } from './gateway-hooks.ts';
import { createGatewayJudge } from './gateway-judge.ts';
import { connectionLimitsOf, poolLimitsOf, quotasOf, sessionLimitsOf } from './gateway-limits.ts';
import { openGatewayListener } from './gateway-listener.ts';
import { readGauges } from './gateway-metrics.ts';
import { openOidc } from './gateway-oidc.ts';
import { createOperations } from './gateway-operations.ts';
import { gatewayPlaces } from './gateway-places.ts';
import { openPush } from './gateway-push.ts';
import { createGatewaySnapshots } from './gateway-snapshots.ts';
import { workDirRulesOf } from './gateway-work-dirs.ts';
import type { Audit } from './ground/audit.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';
import type { LogLines } from './ground/log-lines.ts';
import { type Logger, logOf } from './ground/logger.ts';
import type { Tracing } from './ground/tracing.ts';
import { createApi } from './http/api.ts';
import { LiveConfig } from './live-config.ts';
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
  configFiles: ConfigFiles;
  /** From now on less or more is logged. */
  setLogLevel(level: string): void;
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
  /** Reads the configuration anew; what is wrong stands in the log, and changes nothing. */
  reload: GatewayConfig['reloadFor'];
  /** How long running turns may take to end when it is closed. */
  readonly drainTimeoutMs: number;
  /**
   * Takes no more work and sends clients away, lets running turns end, for a while or until `hurry` is aborted, then
   * ends all agents, but for those that can be kept for the next gateway if they are to be (default: as configured), and
   * closes the store (rule C4).
   */
  close(how: { hurry: AbortSignal; keepAgents?: boolean }): Promise<void>;
  /** For how long nobody has been at its port, ms; 0 without one. */
  unusedMs(): number;
};

/** Names ending so are never looked up (RFC 2606). */
const withoutPort = 'http://hotplex.invalid';

/** How many decisions of the policy are at hand for operators. */
const keptDecisions = 1_000;

/** Wires the rooms together and opens the door. Throws StartError. */
export async function startGateway({ configFiles: source, ...given }: GatewayParts): Promise<Gateway> {
  const { config, store, workers, clock, ids, logger, dataDir } = given;
  const { allowed_origins: allowedOrigins, api_key_header: apiKeyHeader } = config.security;
  const live = new LiveConfig(config);
  const parts = { ...given, live, configFiles: source.started.files };
  const audit: Audit = { record: (entry) => store.recordAudit(entry, clock.now()) };
  const doors = openGatewayDoors({ ...parts, audit });
  const { failures, tickets, signIn, storedKey, authenticate, isRevoked } = doors;
  const prometheus = createPrometheus(() => readGauges({ store, sessions, sockets, operations }));
  const { metrics } = prometheus;
  const configuration = openGatewayConfig({ ...parts, configFiles: source, audit, metrics });
  live.onChange(({ log }) => parts.setLogLevel(log.level));

  const workDirRules = workDirRulesOf(parts);
  const gatewayPorts = [...gatewayPlaces(config, parts.configFiles).gatewayPorts];
  const { pool } = config.worker;
  const samples = new MemorySamples({
    pids: () => sessions.working().flatMap(({ workerPid }) => workerPid ?? []),
    measure: parts.processes.measure,
    clock,
  });
  const { files, fetchFile } = createGatewayFiles({ ...parts, gatewayPorts });
  const push = openPush({ ...parts, gatewayPorts });
  const webchatUrl = () => config.webchat.url ?? url;
  const hooks = openHooks({ ...parts, gatewayPorts, push: push?.notices, webchatUrl });
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
    judge: createGatewayJudge({ ...parts, gatewayPorts, metrics }),
    autoAllowSafe: () => live.current.policy.mode === 'auto_allow_safe',
    noteDecision: (decision) => decisions.add(decision),
    processes: parts.processes,
    supervise: createSupervise({
      ...{ config: config.worker, clock, ids, metrics, random: parts.random, workDirRules },
    }),
    limits: sessionLimitsOf(live),
    pool: Object.assign(
      poolLimitsOf(live),
      pool.max_memory_per_user > 0 && {
        memory: { maxPerUser: pool.max_memory_per_user, of: (pid: number) => samples.of(pid) },
      },
    ),
  });
  store.sweepCredentials(clock.now());

  const oidc = openOidc({ config, gatewayPorts, ids, logger });
  const clientLimits = new ClientLimits(clock, quotasOf(live));
  const sockets = new WsServer({
    ...{ clock, ids, logger: logOf('connection', logger), metrics, authenticate, sessions, audit },
    findWorker: (type) => workers.find(type),
    maxFrameBytes: config.gateway.max_frame_size,
    clientLimits,
    presence: new Presence(),
    isRevoked,
    limits: () => connectionLimitsOf(live.current),
  });

  const drain = (hurry: AbortSignal, keepAgents: boolean) => {
    const drained = sessions.drain({ withinMs: live.current.gateway.drain_timeout, hurry, keepAgents });
    sockets.sendAway(parts.random);
    return drained;
  };
  const operations = createOperations({
    ...{ ...parts, sessions, sockets, decisions, configuration: configuration.reload },
    drain: () => void drain(new AbortController().signal, config.worker.keep_on_stop),
    renderMetrics: () => prometheus.render(),
  });
  const admitted = openAdmission(config.admin, clock);
  const admin = await startAdmin({
    ...{ config, dataDir, operations, admitted, failures, findApiKey: storedKey },
    ...{ audit, clock, logger, metrics },
  });

  const sharing = new Sharing({
    ...{ store, isEnabled: config.session.share_links, clock, ids, audit, logger: logOf('sharing', logger) },
  });
  const stopping = new AbortController();
  const forHttp = {
    ...{ authenticate, apiKeyHeader, sessions, audit, clock, ids, logger: logOf('http', logger), metrics },
    ...{ stopping: stopping.signal, definitions: workers.definitions, defaultWorkDir: parts.defaultWorkDir },
  };
  const api = createApi({
    ...{ ...forHttp, signIn, failures, tickets, oidc, files, fetchFile, snapshots, sharing },
    ...{ push, devices: store, ids, operations, operatorAdmission: openAdmission(config.admin, clock) },
    foreignOrigins: new Set(allowedOrigins),
  });
  const { opencode } = await openFrontDoors({ ...parts, ...forHttp, api, audience, clientLimits, sockets });
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
    ...{ store, clock, logger: logOf('session', logger), keepMs: () => live.current.session.retention },
    expire: (id, untouchedSince) => sessions.expire(id, untouchedSince),
  });
  void retention.start();
  configuration.watch();
  if (pool.max_memory_per_user > 0) void samples.start();

  return {
    url,
    localSocket: (subject) => ownWebSocket((socket, peer) => sockets.connect(socket, peer), subject),
    signInLink() {
      const link = new URL(config.webchat.url ?? url);
      link.hash = `code=${signIn.newCode()}`;
      return link.href;
    },
    reload: configuration.reloadFor,
    get drainTimeoutMs() {
      return live.current.gateway.drain_timeout;
    },
    unusedMs: () => listener?.unusedMs() ?? 0,
    async close({ hurry, keepAgents = config.worker.keep_on_stop }) {
      stopping.abort();
      configuration.close();
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
