import { OpenAPIHono } from '@hono/zod-openapi';
import type { LogLines } from '../../ground/log-lines.ts';
import type { PolicyDecisions } from '../../ground/policy-decision.ts';
import type { OperatorSessions } from '../../session/operator-sessions.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { atNamedNode } from './at-named-node.ts';
import { type AuditOptions, createAuditRoutes } from './audit.ts';
import { createConfigRoute, type ReadSettings } from './config.ts';
import { type ConfigOperations, createConfigChangeRoutes } from './config-changes.ts';
import { createConfigValidateRoute, type ValidateConfig } from './config-validate.ts';
import { type CostsOptions, createCostsRoute } from './costs.ts';
import { createDrainRoute, type DrainOptions } from './drain.ts';
import { createHealthRoutes, type HealthOptions } from './health.ts';
import { createLogsRoute } from './logs.ts';
import { createMetricsRoute, type RenderMetrics } from './metrics.ts';
import { createNodesRoute, type NodeView } from './nodes.ts';
import { createPolicyDecisionsRoute } from './policy-decisions.ts';
import { createPoolRoute, type PoolOptions } from './pool.ts';
import { createSessionDebugRoute } from './session-debug.ts';
import { createSessionStatsRoute } from './session-stats.ts';
import { createSessionRoutes } from './sessions.ts';
import { createStatsRoute, type StatsOptions } from './stats.ts';
import { createStatusRoute } from './status.ts';

/** What one asks a node of a cluster for by its name. */
const ofNodes = ['/status', '/stats', '/pool', '/sessions', '/logs', '/policy/decisions'];

export type Operations = HealthOptions &
  StatsOptions &
  CostsOptions &
  DrainOptions & {
    /** What keeps agents from the rest of the machine; said to everybody who can reach the operators' port. */
    isolation: string;
    pool: PoolOptions;
    nodes(): NodeView[];
    sessions: OperatorSessions;
    decisions: PolicyDecisions;
    auditLog: AuditOptions;
    logLines: LogLines;
    settings: ReadSettings;
    validateConfig: ValidateConfig;
    configuration: ConfigOperations;
    renderMetrics: RenderMetrics;
  };

/** What operators may ask: below `/admin` of their own port, and below `/api/admin` where the web chat is. */
export function createOperatorRoutes(operations: Operations): OpenAPIHono<ApiEnvironment> {
  const { sessions, peers, clock } = operations;
  const api = new OpenAPIHono<ApiEnvironment>();
  api.on('GET', ofNodes, atNamedNode(peers));
  api.on('POST', '/drain', atNamedNode(peers));
  api.route('/', createStatusRoute(operations));
  api.route('/metrics', createMetricsRoute(operations.renderMetrics));
  api.route('/health', createHealthRoutes(operations));
  api.route('/', createStatsRoute(operations));
  api.route('/', createPoolRoute(operations));
  api.route('/', createNodesRoute(operations.nodes));
  api.route('/', createCostsRoute(operations));
  api.route('/', createLogsRoute(operations.logLines));
  api.route('/', createDrainRoute(operations));
  api.route('/audit', createAuditRoutes(operations.auditLog));
  api.route('/policy', createPolicyDecisionsRoute(operations.decisions));
  api.route('/config', createConfigRoute(operations.settings));
  api.route('/config', createConfigValidateRoute(operations.validateConfig));
  api.route('/config', createConfigChangeRoutes(operations.configuration));
  api.route('/sessions', createSessionRoutes(operations));
  api.route('/sessions', createSessionStatsRoute(sessions));
  api.route('/debug', createSessionDebugRoute(sessions, clock));
  return api;
}
