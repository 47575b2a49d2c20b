import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { isActive, sessionStates } from '@hotplex/aep-protocol';
import { sum } from '../../ground/sum.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import type { Status, WorkerReport } from './status.ts';

export type StatsOptions = {
  status(): Promise<Status>;
  /** Of the database and its log, bytes. */
  databaseBytes(): number;
  /** What its disk has left for us, bytes; undefined if it does not tell. */
  databaseFreeBytes(): number | undefined;
  /** How much of its time the gateway's thread worked, 0 to 1, since somebody last asked. */
  eventLoopShare(): number;
};

const stats = z.object({
  gateway: z.object({
    uptime_seconds: z.number(),
    websocket_connections: z.number(),
    sessions_active: z.number().describe('Created, running or idle.'),
    sessions_total: z.number().describe('As many as are stored.'),
    memory_bytes: z.number().describe('Resident memory of the gateway itself.'),
    event_loop_share: z
      .number()
      .describe('How much of its time the gateway’s thread worked, 0 to 1, since somebody last asked.'),
  }),
  workers: z
    .record(
      z.string(),
      z.object({
        sessions: z.number(),
        processes: z.number(),
        memory_bytes: z.number(),
        avg_memory_mb: z.number(),
        avg_cpu_percent: z.number().nullable().describe('null when asked for the first time.'),
      }),
    )
    .describe('By type, of the agents that run.'),
  database: z.object({ sessions_count: z.number(), size_bytes: z.number(), db_size_mb: z.number() }),
});

const route = createRoute({
  method: 'get',
  path: '/stats',
  responses: { 200: jsonAnswer('How much of everything there is.', stats) },
});

const bytesOfMb = 1024 ** 2;

/** Sums, for people; a time series is at /metrics. */
export function createStatsRoute({
  status,
  databaseBytes,
  eventLoopShare,
}: StatsOptions): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>().openapi(route, async (c) => {
    const { uptime, connections, sessions, workers } = await status();
    const total = sum(Object.values(sessions));
    const types = [...new Set(workers.map((worker) => worker.worker_type))];
    const size = databaseBytes();
    return c.json(
      {
        gateway: {
          uptime_seconds: uptime,
          websocket_connections: connections,
          sessions_active: sum(sessionStates.filter(isActive).map((state) => sessions[state] ?? 0)),
          sessions_total: total,
          memory_bytes: process.memoryUsage.rss(),
          event_loop_share: eventLoopShare(),
        },
        workers: Object.fromEntries(
          types.map((type) => [type, sumOf(workers.filter((worker) => worker.worker_type === type))]),
        ),
        database: { sessions_count: total, size_bytes: size, db_size_mb: size / bytesOfMb },
      },
      200,
    );
  });
}

function sumOf(workers: readonly WorkerReport[]) {
  const memory = sum(workers.map((worker) => worker.memory_bytes));
  const shares = workers.flatMap((worker) => worker.cpu_percent ?? []);
  return {
    sessions: workers.length,
    processes: sum(workers.map(({ processes }) => processes)),
    memory_bytes: memory,
    avg_memory_mb: memory / workers.length / bytesOfMb,
    avg_cpu_percent: shares.length === 0 ? null : sum(shares) / shares.length,
  };
}
