import type { OpenAPIHono } from '@hono/zod-openapi';
import { protocolVersion } from '@hotplex/aep-protocol';
import type { Authenticate } from '../../auth/identity.ts';
import type { Audit } from '../../ground/audit.ts';
import type { LogLines } from '../../ground/log-lines.ts';
import type { Logger } from '../../ground/logger.ts';
import type { Metrics } from '../../ground/metrics.ts';
import type { OperatorSessions } from '../../session/operator-sessions.ts';
import { type AdmissionOptions, admission } from '../admission.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { audited } from '../audited.ts';
import { authenticated } from '../authenticated.ts';
import { describeApi } from '../describe-api.ts';
import { createDocumentRoute } from '../document-route.ts';
import { createHealth } from '../health.ts';
import { createJsonApp } from '../json-app.ts';
import { refuseOtherMethods } from '../other-methods.ts';
import { adminPermissions, openPaths, permitted } from '../permissions.ts';
import { type ConfigOperations, createConfigChangeRoutes } from './config-changes.ts';
import { createConfigValidateRoute, type ValidateConfig } from './config-validate.ts';
import { createDrainRoute, type DrainOptions } from './drain.ts';
import { createHealthRoutes, type HealthOptions } from './health.ts';
import { createLogsRoute } from './logs.ts';
import { createMetricsRoute, type RenderMetrics } from './metrics.ts';
import { createPoolRoute, type PoolOptions } from './pool.ts';
import { createSessionDebugRoute } from './session-debug.ts';
import { createSessionStatsRoute } from './session-stats.ts';
import { createSessionRoutes } from './sessions.ts';
import { createStatsRoute, type StatsOptions } from './stats.ts';
import { createStatusRoute } from './status.ts';

export type Operations = HealthOptions &
  StatsOptions &
  DrainOptions & {
    /** What keeps agents from the rest of the machine; said to everybody who can reach this listener. */
    isolation: string;
    pool: PoolOptions;
    sessions: OperatorSessions;
    logLines: LogLines;
    validateConfig: ValidateConfig;
    configuration: ConfigOperations;
    renderMetrics: RenderMetrics;
  };

export type AdminApiOptions = AdmissionOptions & {
  authenticate: Authenticate;
  operations: Operations;
  audit: Audit;
  logger: Logger;
  metrics: Metrics;
};

/** What operators may ask, on a port of their own (A7). */
export function createAdminApi({
  authenticate,
  operations,
  audit,
  logger,
  metrics,
  ...admitted
}: AdminApiOptions): OpenAPIHono<ApiEnvironment> {
  const { sessions, isolation, isStopping, clock } = operations;
  const api = createJsonApp({ logger, metrics, clock });
  api.use(admission(admitted));
  api.use(authenticated({ authenticate, apiKeyHeader: undefined, open: openPaths(adminPermissions) }));
  // What operators read is about everybody, but for what probes ask every few seconds.
  api.use(audited({ audit, reads: (route) => !/\/(health|metrics)(\/|$)/.test(route) }));
  api.use(permitted(adminPermissions));
  api.use(refuseOtherMethods(api));
  api.route('/health', createHealth(isStopping, { isolation }));
  api.route(
    '/',
    createDocumentRoute(() => describeAdminApi(api)),
  );
  api.route('/', createStatusRoute(operations.status));
  for (const path of ['/metrics', '/admin/metrics'])
    api.route(path, createMetricsRoute(operations.renderMetrics));
  api.route('/admin/health', createHealthRoutes(operations));
  api.route('/admin', createStatsRoute(operations));
  api.route('/admin', createPoolRoute(operations.pool));
  api.route('/admin', createLogsRoute(operations.logLines));
  api.route('/admin', createDrainRoute(operations));
  api.route('/admin/config', createConfigValidateRoute(operations.validateConfig));
  api.route('/admin/config', createConfigChangeRoutes(operations.configuration));
  api.route('/admin/sessions', createSessionRoutes(sessions));
  api.route('/admin/sessions', createSessionStatsRoute(sessions));
  api.route('/admin/debug', createSessionDebugRoute(sessions, clock));
  return api;
}

/** The API of the operators' port. */
export const describeAdminApi = (api: OpenAPIHono<ApiEnvironment>) =>
  describeApi(api, {
    title: 'HotPlex for operators',
    description: 'What the gateway does, and what those who run it can do. x-needs is the scope of a token.',
    version: protocolVersion,
    ...{ permissions: adminPermissions, apiKeyHeader: undefined },
    everywhere: [403, 405, 421, 429, 503],
  });
