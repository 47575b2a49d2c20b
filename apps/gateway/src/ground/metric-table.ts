type MetricShape = {
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  labels: readonly string[];
  /** Upper bounds, in the unit of the name. */
  buckets?: readonly number[];
};

const shortWaits = [0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1];
const requests = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30];
const turns = [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800];

/**
 * Every metric of the gateway; in the exposition each has `hotplex_` before its name. Values of labels come from short
 * lists of ours, so that nobody from outside makes them grow. docs/metrics.md is written from this.
 */
export const metricTable = {
  sessions_active: {
    type: 'gauge',
    help: 'Sessions that are created, running or idle, by state.',
    labels: ['state'],
  },
  sessions_total: { type: 'counter', help: 'Sessions that were opened.', labels: ['worker_type'] },
  sessions_terminated_total: {
    type: 'counter',
    help: 'Sessions whose agent ended, by why; they go on with their next prompt.',
    labels: ['reason'],
  },
  sessions_deleted_total: { type: 'counter', help: 'Sessions that were deleted for good.', labels: [] },
  session_queue_depth: {
    type: 'gauge',
    help: 'Prompts that wait for an agent that runs.',
    labels: [],
  },
  turns_total: {
    type: 'counter',
    help: 'Turns that ended, by whether they succeeded.',
    labels: ['worker_type', 'result'],
  },
  turn_duration_seconds: {
    type: 'histogram',
    help: 'How long turns took, as their agent says.',
    labels: ['worker_type'],
    buckets: turns,
  },
  turn_first_token_seconds: {
    type: 'histogram',
    help: 'From the prompt to the first word of the answer, as the agent says.',
    labels: ['worker_type'],
    buckets: turns,
  },
  tokens_total: {
    type: 'counter',
    help: 'Tokens, as agents say: input, output, cache_read, cache_write.',
    labels: ['worker_type', 'kind'],
  },
  cost_usd_total: { type: 'counter', help: 'US dollars, as agents say.', labels: ['worker_type'] },
  quota_waits_total: {
    type: 'counter',
    help: 'Turns that wait for the quota of a subscription to be had again, and go on by themselves then.',
    labels: ['worker_type'],
  },
  budget_pauses_total: {
    type: 'counter',
    help: 'Sessions that paused because their budget was used up, by what of it: cost, tokens, time, or the day of its user.',
    labels: ['measure'],
  },
  config_reloads_total: {
    type: 'counter',
    help: 'Times that another configuration was to be taken up: changed, same, refused.',
    labels: ['origin', 'result'],
  },
  workers_running: { type: 'gauge', help: 'Agents that run.', labels: ['worker_type'] },
  worker_starts_total: {
    type: 'counter',
    help: 'Agents that were started, and whether that succeeded: success or failure.',
    labels: ['worker_type', 'result'],
  },
  worker_exec_duration_seconds: {
    type: 'histogram',
    help: 'How long the processes of agents lived.',
    labels: ['worker_type'],
    buckets: [1, 5, 15, 30, 60, 120, 300, 600, 1_800],
  },
  worker_crashes_total: {
    type: 'counter',
    help: 'Agents that ended without having been asked to, by exit code or signal.',
    labels: ['worker_type', 'exit_code'],
  },
  worker_memory_bytes: {
    type: 'gauge',
    help: 'Resident memory of the agents that run and of what they started.',
    labels: ['worker_type'],
  },
  worker_cpu_seconds: {
    type: 'gauge',
    help: 'Processor time of the agents that run; falls when one ends.',
    labels: ['worker_type'],
  },
  worker_spool_lag_bytes: {
    type: 'gauge',
    help: 'Output of an agent that lies in its spool and is not stored yet, of the one that has most.',
    labels: [],
  },
  pool_acquire_total: {
    type: 'counter',
    help: 'Places for agents: success when one was taken; pool_exhausted or user_quota_exceeded each time that there was none.',
    labels: ['result'],
  },
  pool_utilization_ratio: { type: 'gauge', help: 'Agents that run by worker.pool.max.', labels: [] },
  gateway_connections_open: { type: 'gauge', help: 'Sockets that clients opened here.', labels: [] },
  gateway_messages_total: {
    type: 'counter',
    help: 'Frames of clients (incoming) and frames for one client alone (outgoing).',
    labels: ['direction', 'event_type'],
  },
  gateway_events_total: {
    type: 'counter',
    help: 'Events that were numbered and stored; direction is s2c.',
    labels: ['event_type', 'direction'],
  },
  gateway_errors_total: {
    type: 'counter',
    help: 'Errors that clients were told, by code.',
    labels: ['error_code'],
  },
  gateway_added_latency_seconds: {
    type: 'histogram',
    help: 'From what an agent said to its being stored and given to the sockets.',
    labels: [],
    buckets: shortWaits,
  },
  gateway_replay_events: {
    type: 'histogram',
    help: 'How many events of its log a client had missed when it came.',
    labels: [],
    buckets: [0, 1, 10, 100, 1_000, 10_000, 100_000],
  },
  gateway_client_lag_events: {
    type: 'gauge',
    help: 'Events of its log that a client has not been given, of the one that has most.',
    labels: [],
  },
  gateway_clients_behind: {
    type: 'gauge',
    help: 'Sockets whose client has not been given all of its log.',
    labels: [],
  },
  cluster_nodes: {
    type: 'gauge',
    help: 'Gateways of the cluster that hold their lease, as this one sees it; not there without a cluster.',
    labels: [],
  },
  cluster_lease_held: {
    type: 'gauge',
    help: 'Whether this node holds its lease: 1, or 0 while others may take its sessions.',
    labels: [],
  },
  cluster_unsettled_bytes: {
    type: 'gauge',
    help: 'What this node wrote and the shared database does not have yet.',
    labels: [],
  },
  cluster_unsettled_seconds: {
    type: 'gauge',
    help: 'How long the oldest of that has waited.',
    labels: [],
  },
  policy_decisions_total: {
    type: 'counter',
    help: 'Tool calls that were judged, by decision and rule.',
    labels: ['decision', 'rule'],
  },
  http_requests_total: {
    type: 'counter',
    help: 'Requests to the APIs of both listeners, by route.',
    labels: ['method', 'route', 'status'],
  },
  http_request_duration_seconds: {
    type: 'histogram',
    help: 'How long they took until their answer began.',
    labels: ['method', 'route'],
    buckets: requests,
  },
  database_size_bytes: { type: 'gauge', help: 'The database and the log beside it.', labels: [] },
  database_free_bytes: {
    type: 'gauge',
    help: 'What the disk of the database has left for the gateway; no sample if it does not tell.',
    labels: [],
  },
} as const satisfies Record<string, MetricShape>;

export type MetricName = keyof typeof metricTable;
type NamesOf<T extends MetricShape['type']> = {
  [N in MetricName]: (typeof metricTable)[N]['type'] extends T ? N : never;
}[MetricName];

export type CounterName = NamesOf<'counter'>;
export type HistogramName = NamesOf<'histogram'>;
export type GaugeName = NamesOf<'gauge'>;
/** A value for each label of a metric. */
export type LabelsOf<N extends MetricName> = Readonly<
  Record<(typeof metricTable)[N]['labels'][number], string>
>;
