import type { IsolationLevel } from '@hotplex/aep-protocol';
import { checkSettings, type SettingOrigins } from './config.ts';
import { reportSettings } from './config-report.ts';
import type { Config } from './config-schema.ts';
import { hasRoom } from './database-files.ts';
import { watchEventLoop } from './event-loop-share.ts';
import type { GatewayDatabase } from './gateway-database.ts';
import { poolLimitsOf } from './gateway-limits.ts';
import type { GatewayNode } from './gateway-node.ts';
import { createStatus } from './gateway-status.ts';
import type { Clock } from './ground/clock.ts';
import type { LogLines } from './ground/log-lines.ts';
import type { PolicyDecisions } from './ground/policy-decision.ts';
import type { Operations } from './http/admin/operator-routes.ts';
import type { CurrentConfig } from './live-config.ts';
import type { LastingProcesses } from './process/child-process.ts';
import { OperatorSessions } from './session/operator-sessions.ts';
import type { SessionRegistry } from './session/session-registry.ts';
import { expandPath } from './start-checks.ts';
import type { AuditLog, SessionStore, UsageLog } from './store/store.ts';
import { createVerifyAudit } from './verify-audit.ts';
import type { WorkerRegistry } from './worker/registry.ts';

type OperationsOptions = {
  config: Config;
  /** Of the configuration while the gateway runs. */
  configuration: Operations['configuration'] & { readonly origins: SettingOrigins };
  live: CurrentConfig;
  version: string;
  isolation: IsolationLevel;
  store: SessionStore & AuditLog & UsageLog;
  database: GatewayDatabase;
  sessions: SessionRegistry;
  sockets: { readonly size: number };
  workers: WorkerRegistry;
  processes: Pick<LastingProcesses, 'measure'>;
  decisions: PolicyDecisions;
  logLines: LogLines;
  nodes: Operations['nodes'];
  /** Of a cluster, if it is one. */
  node?: Pick<GatewayNode, 'standing' | 'countByState' | 'list'> | undefined;
  peers: Operations['peers'];
  drain: Operations['drain'];
  renderMetrics: Operations['renderMetrics'];
  clock: Clock;
};

/** What operators may look at and do in this gateway. */
export function createOperations(options: OperationsOptions): Operations {
  const { config, configuration, version, isolation, store, sessions, decisions, logLines } = options;
  const { live, drain, renderMetrics, clock } = options;
  const { database, nodes, peers } = options;
  const here = options.node ?? store;
  const file = expandPath(config.db.path);
  return {
    ...{ version, isolation, decisions, logLines, drain, renderMetrics, clock, configuration, nodes, peers },
    ...createStatus({
      ...options,
      measure: options.processes.measure,
      countByState: () => here.countByState(),
    }),
    sessionsByState: options.node && (() => store.countByState()),
    isStopping: () => sessions.isClosing,
    isHeld: () => options.node?.standing().isHeld ?? true,
    databaseType: database.type,
    // Agents say what they say into the folder of the file, whatever keeps it.
    databaseWorks: () => canRead(store) && hasRoom(file),
    databaseBytes: database.bytes,
    databaseFreeBytes: database.freeBytes,
    expectedWorkers: () =>
      sessions
        .working()
        .flatMap(({ record: { id, workerType }, workerPid: pid }) =>
          pid === undefined ? [] : [{ sessionId: id, workerType, pid }],
        ),
    runningTurns: () => sessions.working().filter(({ record }) => record.turn !== null).length,
    sessions: new OperatorSessions(store, sessions, here),
    pool: {
      limits: poolLimitsOf(live),
      owners: () => sessions.working().map(({ record }) => record.ownerId),
    },
    usage: (query) => store.usage(query),
    auditLog: { before: (query) => store.auditBefore(query), verify: createVerifyAudit(store) },
    eventLoopShare: watchEventLoop(),
    settings: () => reportSettings({ config: live.current, origins: configuration.origins }),
    validateConfig: checkSettings,
  };
}

function canRead(store: Pick<SessionStore, 'countByState'>): boolean {
  try {
    store.countByState();
    return true;
  } catch {
    return false;
  }
}
