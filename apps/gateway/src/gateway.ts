import type { Duplex } from 'node:stream';
import type { WebSocketConstructor } from '@hotplex/client-sdk';
import { openAdmission, startAdmin } from './admin.ts';
import { toSignInLink } from './auth/sign-in-code.ts';
import { closeGateway } from './close-gateway.ts';
import { localRouter } from './cluster/router.ts';
import { ClientLimits } from './connection/client-limits.ts';
import { ownWebSocket } from './connection/own-client.ts';
import { Presence } from './connection/presence.ts';
import { WsServer } from './connection/ws-server.ts';
import { createGatewayAdoption } from './gateway-adoption.ts';
import { openApprovals, openApprovePage } from './gateway-approvals.ts';
import { type GatewayConfig, openGatewayConfig } from './gateway-config.ts';
import { openGatewayDoors } from './gateway-doors.ts';
import { createGatewayDrain } from './gateway-drain.ts';
import { createGatewayFiles } from './gateway-files.ts';
import { openFrontDoors } from './gateway-front-doors.ts';
import { openHooks } from './gateway-hooks.ts';
import { createGatewayJudge } from './gateway-judge.ts';
import { connectionLimitsOf, poolLimitsOf, quotasOf, sessionLimitsOf } from './gateway-limits.ts';
import { openGatewayListener } from './gateway-listener.ts';
import { readGauges } from './gateway-metrics.ts';
import { openNodeDoor } from './gateway-node-door.ts';
import { createNodes } from './gateway-nodes.ts';
import { openOidc } from './gateway-oidc.ts';
import { createOperations } from './gateway-operations.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { gatewayPlaces } from './gateway-places.ts';
import { openPush } from './gateway-push.ts';
import { sessionRulesOf } from './gateway-session-rules.ts';
import { readShares } from './gateway-shares.ts';
import { createGatewaySnapshots } from './gateway-snapshots.ts';
import { workDirRulesOf } from './gateway-work-dirs.ts';
import type { Audit } from './ground/audit.ts';
import { logOf } from './ground/logger.ts';
import { createApi } from './http/api.ts';
import { LiveConfig } from './live-config.ts';
import { PolicyDecisionRing } from './policy-decision-ring.ts';
import { createPrometheus } from './prometheus.ts';
import { Audience } from './session/audience.ts';
import { MemorySamples } from './session/memory-samples.ts';
import { Retention } from './session/retention.ts';
import { SessionRegistry } from './session/session-registry.ts';
import { toldSessions } from './session/told-sessions.ts';
import { Sharing } from './sharing/sharing.ts';
import { createSupervise } from './supervise.ts';

export type Gateway = {
  /** Where it listens; a name that leads nowhere if it does not. */
  url: string;
  /** Sockets for the gateway's own process, as this user. */
  localSocket(subject: string): WebSocketConstructor;
  /** Answers another node on a stream that it opened. */
  answerNode(stream: Duplex): void;
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

/** Wires the rooms together and opens the door. Throws StartError. */
export async function startGateway({ configFiles: source, ...given }: GatewayParts): Promise<Gateway> {
  const { config, store, node, workers, clock, ids, logger, dataDir } = given;
  const { router = node?.router ?? localRouter } = given;
  const { allowed_origins: allowedOrigins, api_key_header: apiKeyHeader } = config.security;
  const live = new LiveConfig(config);
  const parts = { ...given, live, configFiles: source.started.files };
  const audit: Audit = { record: (entry) => store.recordAudit(entry, clock.now()) };
  const doors = openGatewayDoors({ ...parts, audit });
  const { failures, tickets, signIn, storedKey, authenticate, isRevoked } = doors;
  const prometheus = createPrometheus(() => readGauges({ store, sessions, sockets, node, operations }));
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
  const approvals = openApprovals({ ...parts, sessions: () => operations.sessions });
  const hooks = openHooks({ ...parts, gatewayPorts, push: push?.notices, webchatUrl, approvals });
  const snapshots = createGatewaySnapshots(parts);
  const audience = new Audience(node && { notices: node.notices, find: store.find });
  const decisions = new PolicyDecisionRing();
  const rules = sessionRulesOf({ ...parts, workDirRules, gatewayPorts });
  const sessions = new SessionRegistry({
    ...{ files, hooks, snapshots, audience, tracing: parts.tracing },
    ...{ store, clock, ids, logger: logOf('session', logger), metrics },
    ...rules,
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
      node && { elsewhere: node.shareElsewhere },
      pool.max_memory_per_user > 0 && {
        memory: { maxPerUser: pool.max_memory_per_user, of: (pid: number) => samples.of(pid) },
      },
    ),
  });
  store.sweepCredentials(clock.now());

  const oidc = openOidc({ config, gatewayPorts, ids, logger });
  const clientLimits = new ClientLimits(clock, quotasOf(live), node?.shareElsewhere, node?.openRate);
  const sockets = new WsServer({
    ...{ clock, ids, logger: logOf('connection', logger), metrics, authenticate, sessions, router, audit },
    findWorker: (type, config) => workers.find(type, config),
    maxFrameBytes: config.gateway.max_frame_size,
    clientLimits,
    presence: new Presence(),
    isRevoked,
    limits: () => connectionLimitsOf(live.current),
  });

  const drain = createGatewayDrain({ ...parts, sessions, sockets });
  const nodes = createNodes({ ...parts, sessions, sockets, router, reported: () => node?.reported() });
  const operations = createOperations({
    ...{ nodes: nodes.views, peers: nodes.peers, node },
    ...{ ...parts, sessions, sockets, decisions, configuration: configuration.reload },
    drain: (withinMs) => void drain.empty(withinMs),
    renderMetrics: () => prometheus.render(),
  });
  const admitted = openAdmission(config.admin, clock);
  const admin = await startAdmin({
    ...{ config, dataDir, operations, admitted, failures, findApiKey: storedKey },
    ...{ router, audit, clock, logger, metrics },
  });

  const sharing = new Sharing({
    ...{ isEnabled: config.session.share_links, clock, ids, audit, logger: logOf('sharing', logger) },
    store: { ...store, ...toldSessions({ store, sessions }) },
  });
  const stopping = new AbortController();
  const forHttp = {
    ...{ authenticate, isRevoked, apiKeyHeader, sessions, router, audit, clock, ids, metrics },
    logger: logOf('http', logger),
    ...{ stopping: stopping.signal, definitions: workers.definitions, defaultWorkDir: parts.defaultWorkDir },
  };
  const api = createApi({
    ...{ ...forHttp, signIn, failures, tickets, oidc, files, fetchFile, snapshots, sharing, workDirRules },
    adoption: createGatewayAdoption({ ...forHttp, ...rules, live, store, snapshots }),
    ...{ push, devices: store, ids, operations, operatorAdmission: openAdmission(config.admin, clock) },
    foreignOrigins: new Set(allowedOrigins),
  });
  await node?.attach(sessions);
  const { opencode } = await openFrontDoors({ ...parts, ...forHttp, api, audience, clientLimits, sockets });
  const apis = { api, opencode, approve: openApprovePage(approvals, { router, clock, logger }) };
  const nodeDoor = openNodeDoor({ ...apis, router, sessions, sockets, logger });
  const listener = parts.isListening
    ? await openGatewayListener({ ...parts, ...apis, authenticate, sessions, sockets })
    : undefined;
  const url = listener?.url ?? withoutPort;
  // The configured one may leave the choice to the system.
  if (listener) gatewayPorts.push(listener.port);
  // Not before: a gateway that cannot listen ends at once, and would take the agents it began with it.
  sessions.recover();
  node?.begin({
    ...{ answer: nodeDoor.take, read: nodes.read },
    readShares: () => readShares({ sessions, clientLimits }),
  });
  hooks?.start();
  const retention = new Retention({
    ...{ store, clock, logger: logOf('session', logger), keepMs: () => live.current.session.retention },
    expire: async (id, untouchedSince) =>
      (await router.place(id)) === 'here' && sessions.expire(id, untouchedSince),
  });
  void retention.start();
  configuration.watch();
  if (pool.max_memory_per_user > 0) void samples.start();

  return {
    url,
    localSocket: (subject) => ownWebSocket((socket, peer) => sockets.connect(socket, peer), subject),
    answerNode: (stream) => nodeDoor.take(stream),
    signInLink: () => toSignInLink(webchatUrl(), signIn.newCode()),
    reload: configuration.reloadFor,
    get drainTimeoutMs() {
      return live.current.gateway.drain_timeout;
    },
    unusedMs: () => listener?.unusedMs() ?? 0,
    close: ({ hurry, keepAgents = config.worker.keep_on_stop }) =>
      closeGateway(
        { keepAgents, drain: () => drain.begin({ hurry, keepAgents }) },
        {
          ...{
            stopping,
            configuration,
            retention,
            samples,
            sessions,
            sockets,
            listener,
            snapshots,
            admin,
            hooks,
          },
          ...{ definitions: workers.definitions, processes: parts.processes, node, store, clock },
        },
      ),
  };
}
