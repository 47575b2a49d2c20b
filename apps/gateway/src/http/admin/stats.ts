import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { isActive, type SessionState, sessionStates } from '@hotplex/aep-protocol';
import { sum } from '../../ground/sum.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';
import { agentsByType, agentsOfAll, agentsOfType } from './agents-by-type.ts';
import { askAllNodes, nodeParts, reportsOf } from './node-parts.ts';
import { isOfOneNode, nodeQuery } from './peers.ts';
import type { StatusOptions } from './status.ts';

export type StatsOptions = StatusOptions & {
  /** Of the database and its log, bytes. */
  databaseBytes(): number;
  /** What its disk has left for us, bytes; undefined if it does not tell. */
  databaseFreeBytes(): number | undefined;
  /** How much of its time the gateway's thread worked, 0 to 1, since somebody last asked. */
  eventLoopShare(): number;
};

const nodeStats = z.object({
  gateway: z.object({
    uptime_seconds: z.number().describe('Of a cluster: since the first of its gateways that are up started.'),
    websocket_connections: z.number().describe('Sockets of clients, at the node that they came to.'),
    sessions_active: z.number().describe('Created, running or idle.'),
    sessions_total: z
      .number()
      .describe('As many as are stored; of one node of a cluster those that it works for.'),
    memory_bytes: z.number().describe('Resident memory of the gateway itself; of a cluster of all of them.'),
    event_loop_share: z
      .number()
      .describe(
        'How much of its time the gateway’s thread worked, 0 to 1, since somebody last asked; of a cluster that of the busiest.',
      ),
  }),
  workers: agentsByType.describe('By type, of the agents that run.'),
});
const stats = nodeStats.extend({
  database: z
    .object({ sessions_count: z.number(), size_bytes: z.number(), db_size_mb: z.number() })
    .describe('Of a cluster: the one that all nodes share.'),
  nodes: nodeParts(nodeStats),
});

type NodeStats = z.infer<typeof nodeStats>;

const route = createRoute({
  method: 'get',
  path: '/stats',
  request: { query: nodeQuery },
  responses: { 200: jsonAnswer('How much of everything there is.', stats) },
});

/** Sums, for people; a time series is at /metrics. */
export function createStatsRoute(options: StatsOptions): OpenAPIHono<ApiEnvironment> {
  const { peers, sessionsByState } = options;
  return new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid }).openapi(route, async (c) => {
    const own = await statsOf(options);
    // Those at rest are nobody's, and stored all the same.
    const { sessions_active, sessions_total } = sessionsByState ? countsOf(sessionsByState()) : own.gateway;
    const database = databaseOf(sessions_total, options.databaseBytes());
    if (isOfOneNode(c, peers)) return c.json({ ...own, database }, 200);
    const nodes = await askAllNodes(c, { peers, report: nodeStats, own: async () => own });
    const reports = reportsOf(nodes);
    const gateways = reports.map(({ gateway }) => gateway);
    const gateway = {
      uptime_seconds: Math.max(...gateways.map((each) => each.uptime_seconds)),
      websocket_connections: sum(gateways.map((each) => each.websocket_connections)),
      ...{ sessions_active, sessions_total },
      memory_bytes: sum(gateways.map((each) => each.memory_bytes)),
      event_loop_share: Math.max(...gateways.map((each) => each.event_loop_share)),
    };
    const workers = agentsOfAll(reports.map((report) => report.workers));
    return c.json({ gateway, workers, database, nodes }, 200);
  });
}

/** Of this gateway alone. */
async function statsOf({
  status,
  eventLoopShare,
}: Pick<StatsOptions, 'status' | 'eventLoopShare'>): Promise<NodeStats> {
  const { uptime, connections, sessions, workers } = await status();
  return {
    gateway: {
      ...{ uptime_seconds: uptime, websocket_connections: connections, ...countsOf(sessions) },
      memory_bytes: process.memoryUsage.rss(),
      event_loop_share: eventLoopShare(),
    },
    workers: agentsOfType(workers),
  };
}

const countsOf = (sessions: Partial<Record<SessionState, number>>) => ({
  sessions_active: sum(sessionStates.filter(isActive).map((state) => sessions[state] ?? 0)),
  sessions_total: sum(Object.values(sessions)),
});

const databaseOf = (sessions: number, size: number) => ({
  sessions_count: sessions,
  size_bytes: size,
  db_size_mb: size / 1024 ** 2,
});
