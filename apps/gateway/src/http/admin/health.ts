import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Clock } from '../../ground/clock.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { createReady, type Readiness } from '../ready.ts';
import type { WorkerReport } from './status.ts';

export type HealthOptions = Readiness & {
  version: string;
  /** Seconds since the gateway started. */
  uptime(): number;
  databaseType: 'sqlite' | 'postgresql';
  databaseWorks(): boolean;
  /** The agents that should run. */
  expectedWorkers(): { sessionId: string; workerType: string; pid: number }[];
  /** Those whose processes are there. */
  workers(): Promise<WorkerReport[]>;
  clock: Clock;
};

const check = z.object({ status: z.enum(['healthy', 'unhealthy']) });
const health = z.object({
  status: z.enum(['healthy', 'degraded']),
  checks: z.object({
    gateway: check.extend({ uptime_seconds: z.number() }),
    database: check.extend({ type: z.enum(['sqlite', 'postgresql']) }),
    workers: check,
  }),
  version: z.string(),
});
const workers = z.object({
  status: z.enum(['ok', 'degraded']),
  workers: z.array(
    z.object({
      type: z.string(),
      session_id: z.string(),
      pid: z.number(),
      running: z.boolean(),
      memory_bytes: z.number().nullable(),
      cpu_percent: z.number().nullable(),
    }),
  ),
  checked_at: z.iso.datetime(),
});

const routes = {
  health: createRoute({
    method: 'get',
    path: '/',
    responses: {
      200: jsonAnswer('All is well.', health),
      503: jsonAnswer(
        'It takes no work, the database fails, or an agent is gone that should be there.',
        health,
      ),
    },
  }),
  workers: createRoute({
    method: 'get',
    path: '/workers',
    responses: {
      200: jsonAnswer('Every agent that should run does.', workers),
      503: jsonAnswer('One does not.', workers),
    },
  }),
};

/** What probes ask: whether the gateway, its database and its agents are well. */
export function createHealthRoutes(options: HealthOptions): OpenAPIHono<ApiEnvironment> {
  const { isStopping, clock, version } = options;
  /** Looking takes a while: of an agent that starts or ends meanwhile it says nothing. */
  const look = async () => {
    const expected = options.expectedWorkers();
    const running = new Map((await options.workers()).map((worker) => [worker.pid, worker]));
    const stillExpected = new Set(options.expectedWorkers().map(({ pid }) => pid));
    return expected
      .filter(({ pid }) => stillExpected.has(pid))
      .map(({ sessionId, workerType, pid }) => {
        const worker = running.get(pid);
        return {
          ...{ type: workerType, session_id: sessionId, pid, running: worker !== undefined },
          ...{ memory_bytes: worker?.memory_bytes ?? null, cpu_percent: worker?.cpu_percent ?? null },
        };
      });
  };
  const api = new OpenAPIHono<ApiEnvironment>();
  api.openapi(routes.health, async (c) => {
    const checks = {
      gateway: { ...verdict(!isStopping()), uptime_seconds: options.uptime() },
      database: { ...verdict(options.databaseWorks()), type: options.databaseType },
      workers: verdict((await look()).every(({ running }) => running)),
    };
    const isWell = Object.values(checks).every(({ status }) => status === 'healthy');
    const status = isWell ? ('healthy' as const) : ('degraded' as const);
    return c.json({ status, checks, version }, isWell ? 200 : 503);
  });
  api.route('/', createReady(options));
  api.openapi(routes.workers, async (c) => {
    const found = await look();
    const isWell = found.every(({ running }) => running);
    const status = isWell ? ('ok' as const) : ('degraded' as const);
    const checkedAt = new Date(clock.now()).toISOString();
    return c.json({ status, workers: found, checked_at: checkedAt }, isWell ? 200 : 503);
  });
  return api;
}

const verdict = (isWell: boolean) => ({ status: isWell ? ('healthy' as const) : ('unhealthy' as const) });
