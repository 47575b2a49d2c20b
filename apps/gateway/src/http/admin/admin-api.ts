import type { OpenAPIHono } from '@hono/zod-openapi';
import { protocolVersion } from '@hotplex/aep-protocol';
import type { Authenticate } from '../../auth/identity.ts';
import type { Audit } from '../../ground/audit.ts';
import type { Logger } from '../../ground/logger.ts';
import type { Metrics } from '../../ground/metrics.ts';
import { type AdmissionOptions, admission } from '../admission.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { audited } from '../audited.ts';
import { authenticated } from '../authenticated.ts';
import { type ApiDescription, describeApi } from '../describe-api.ts';
import { createDocumentRoute } from '../document-route.ts';
import { type ForwardedOptions, forwarded } from '../forwarded.ts';
import { createHealth } from '../health.ts';
import { createJsonApp } from '../json-app.ts';
import { refuseOtherMethods } from '../other-methods.ts';
import { adminPermissions, openPaths, permitted } from '../permissions.ts';
import { atNamedNode } from './at-named-node.ts';
import { createMetricsRoute } from './metrics.ts';
import { isOperatorRead } from './operator-reads.ts';
import { createOperatorRoutes, type Operations } from './operator-routes.ts';
import { createStatusRoute } from './status.ts';

export type AdminApiOptions = AdmissionOptions &
  Pick<ForwardedOptions, 'router'> & {
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
  router,
  ...admitted
}: AdminApiOptions): OpenAPIHono<ApiEnvironment> {
  const { isolation, isStopping, clock } = operations;
  const api = createJsonApp({ logger, metrics, clock });
  api.use(admission(admitted));
  api.use(authenticated({ authenticate, apiKeyHeader: undefined, open: openPaths(adminPermissions) }));
  api.use(forwarded({ router, toPath: (path) => `/api${path}` }));
  api.use(audited({ audit, reads: isOperatorRead }));
  api.use(permitted(adminPermissions));
  api.use(refuseOtherMethods(api));
  api.route('/health', createHealth(isStopping, { isolation }));
  api.route(
    '/',
    createDocumentRoute(() => describeAdminApi(api)),
  );
  api.on('GET', '/status', atNamedNode(operations.peers));
  api.route('/', createStatusRoute(operations));
  api.route('/metrics', createMetricsRoute(operations.renderMetrics));
  api.route('/admin', createOperatorRoutes(operations));
  return api;
}

/** The API of the operators' port. */
export const describeAdminApi = (api: OpenAPIHono<ApiEnvironment>): ApiDescription =>
  describeApi(api, {
    title: 'HotPlex for operators',
    description: 'What the gateway does, and what those who run it can do. x-needs is the scope of a token.',
    version: protocolVersion,
    ...{ permissions: adminPermissions, apiKeyHeader: undefined },
    everywhere: [403, 405, 421, 429, 503],
  });
