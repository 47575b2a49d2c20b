import type { IsolationLevel } from '@hotplex/aep-protocol';

/** What the gateway answers below /api/admin; docs/openapi/gateway.json says more of each field. */

export type Scope =
  | 'health:read'
  | 'stats:read'
  | 'session:read'
  | 'session:write'
  | 'session:delete'
  | 'config:read'
  | 'admin:read'
  | 'admin:write';

export type IdentityReport = { subject: string; role: string; scopes: Scope[] };

type Check = { status: 'healthy' | 'unhealthy' };
export type HealthReport = {
  status: 'healthy' | 'degraded';
  checks: { gateway: Check; database: Check; workers: Check };
  version: string;
};

export type StatsReport = {
  gateway: {
    uptime_seconds: number;
    websocket_connections: number;
    sessions_active: number;
    sessions_total: number;
    memory_bytes: number;
    event_loop_share: number;
  };
  database: { size_bytes: number };
};

export type PoolReport = { total: number; max: number; max_per_user: number };

export type WorkerReport = {
  session_id: string;
  owner_id: string;
  worker_type: string;
  state: string;
  pid: number;
  isolation: IsolationLevel;
  processes: number;
  memory_bytes: number;
  cpu_percent: number | null;
  age_ms: number;
};
export type StatusReport = { isolation: string; workers: WorkerReport[] };

export const sessionStates = ['created', 'running', 'idle', 'terminated'] as const;
export type SessionReport = {
  id: string;
  owner_id: string;
  worker_type: string;
  state: (typeof sessionStates)[number];
  work_dir: string;
  created_at: string;
  updated_at: string;
};
export type SessionPage = { sessions: SessionReport[]; next_cursor: string | null };

export type SessionDebugReport = {
  session: SessionReport;
  debug: {
    available: boolean;
    pid: number | null;
    is_ending: boolean;
    idle_ms: number | null;
    survives_restart: boolean;
    turn_count: number;
    last_seq: number;
    queued: number;
    pending: number;
  };
};
export type TurnsReport = {
  total_turns: number;
  total_cost_usd: number | null;
  total_tokens_in: number | null;
  total_tokens_out: number | null;
  turns: {
    seq: number;
    success: boolean;
    duration_ms: number | null;
    cost_usd: number | null;
    tokens_in: number | null;
    tokens_out: number | null;
    model: string | null;
    created_at: string;
  }[];
};

export const costGroups = ['agent', 'model', 'user'] as const;
export type CostGroup = (typeof costGroups)[number];
export type UsageEntry = {
  day: string;
  name: string | null;
  turns: number;
  tokens_in: number | null;
  tokens_out: number | null;
  cost_usd: number | null;
  /** Milliseconds. */
  work_ms: number | null;
};
export type CostsReport = { from: string; to: string; by: CostGroup; usage: UsageEntry[] };

export const verdicts = ['allow', 'ask', 'deny'] as const;
export type PolicyDecisionReport = {
  time: string;
  session_id: string;
  owner_id: string;
  worker_type: string;
  tool: string;
  decision: (typeof verdicts)[number];
  rule: string;
  reason: string;
};
export type PolicyReport = { decisions: PolicyDecisionReport[]; total: number };

export type AuditRecordReport = {
  position: number;
  time: string;
  actor: string | null;
  session_id: string | null;
  action: string;
  decision: 'allow' | 'deny';
  reason: string | null;
  rules: string[];
};
export type AuditPage = { records: AuditRecordReport[]; next_cursor: string | null };
export type AuditVerdict = { records: number; head: string; problem: string | null };

export type SettingReport = {
  path: string;
  value?: unknown;
  origin: 'default' | 'file' | 'environment' | 'rollback';
};
export type ConfigReport = { settings: SettingReport[] };

/** What a version changed of a setting; `restart` if only the next start of the gateway takes it up. */
export type SettingChangeReport = { key: string; old?: unknown; new?: unknown; restart: boolean };
/** When the configuration changed, by whom, by what and how. */
export type ConfigVersionReport = {
  version: number;
  time: string;
  actor: string | null;
  origin: 'start' | 'signal' | 'file' | 'request' | 'rollback';
  changes: SettingChangeReport[];
};
export type ConfigHistoryReport = { version: number; entries: ConfigVersionReport[] };
