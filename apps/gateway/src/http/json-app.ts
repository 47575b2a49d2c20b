import { OpenAPIHono } from '@hono/zod-openapi';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import type { Metrics } from '../ground/metrics.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { errorBody, onApiError } from './api-error.ts';
import { counted } from './counted.ts';

type JsonAppOptions = { logger: Logger; metrics: Metrics; clock: Clock };

/** An empty API: failures are told as on the socket, and no cache keeps an answer. */
export function createJsonApp({ logger, metrics, clock }: JsonAppOptions): OpenAPIHono<ApiEnvironment> {
  const app = new OpenAPIHono<ApiEnvironment>();
  app.onError(onApiError({ logger, metrics }));
  app.notFound((c) =>
    c.json(errorBody(new GatewayError('INVALID_MESSAGE', 'there is no such address')), 404),
  );
  app.use(counted({ metrics, clock }));
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
  });
  return app;
}
