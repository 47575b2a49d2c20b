import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../ground/clock.ts';
import type { Metrics } from '../ground/metrics.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { routeOf } from './matched-route.ts';

const known: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE']);

/** Counts requests by route, never by address: what is asked for that is not there is `none`. */
export function counted({
  metrics,
  clock,
}: {
  metrics: Metrics;
  clock: Clock;
}): MiddlewareHandler<ApiEnvironment> {
  return async (c, next) => {
    const startedAt = clock.elapsed();
    await next();
    const method = known.has(c.req.method) ? c.req.method : 'other';
    const route = routeOf(c)?.path ?? 'none';
    metrics.count('http_requests_total', { method, route, status: String(c.res.status) });
    metrics.observe(
      'http_request_duration_seconds',
      { method, route },
      (clock.elapsed() - startedAt) / 1_000,
    );
  };
}
