import { statSync } from 'node:fs';
import { checkSettings, type SettingOrigins } from './config.ts';
import { reportSettings } from './config-report.ts';
import type { Config } from './config-schema.ts';
import { watchEventLoop } from './event-loop-share.ts';
import { poolLimitsOf } from './gateway-limits.ts';
import { createStatus } from './gateway-status.ts';
import type { Clock } from './ground/clock.ts';
import type { LogLines } from './ground/log-lines.ts';
import type { PolicyDecisions } from './ground/policy-decision.ts';
import { sum } from './ground/sum.ts';
import type { Operations } from './http/admin/operator-routes.ts';
import type { CurrentConfig } from './live-config.ts';
import type { IsolationLevel, LastingProcesses } from './process/child-process.ts';
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
  sessions: SessionRegistry;
  sockets: { readonly size: number };
  workers: WorkerRegistry;
  processes: Pick<LastingProcesses, 'measure'>;
  decisions: PolicyDecisions;
  logLines: LogLines;
  drain(): void;
  renderMetrics: Operations['renderMetrics'];
  clock: Clock;
};

/** What operators may look at and do in this gateway. */
export function createOperations(options: OperationsOptions): Operations {
  const { config, configuration, version, isolation, store, sessions, decisions, logLines } = options;
  const { live, drain, renderMetrics, clock } = options;
  return {
    ...{ version, isolation, decisions, logLines, drain, renderMetrics, clock, configuration },
    ...createStatus({ ...options, measure: options.processes.measure }),
    isStopping: () => sessions.isClosing,
    databaseWorks: () => canRead(store),
    databaseBytes: () => sizeOf(expandPath(config.db.path)),
    expectedWorkers: () =>
      sessions
        .working()
        .flatMap(({ record: { id, workerType }, workerPid: pid }) =>
          pid === undefined ? [] : [{ sessionId: id, workerType, pid }],
        ),
    runningTurns: () => sessions.working().filter(({ record }) => record.turn !== null).length,
    sessions: new OperatorSessions(store, sessions),
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

/** Of the database and the log beside it, bytes. */
function sizeOf(path: string): number {
  return sum(
    ['', '-wal'].map((ending) => statSync(`${path}${ending}`, { throwIfNoEntry: false })?.size ?? 0),
  );
}
