import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Authenticate } from '../auth/identity.ts';
import type { Audit } from '../ground/audit.ts';
import type { Logger } from '../ground/logger.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { audited } from './audited.ts';
import { authenticated } from './authenticated.ts';
import { createHealth } from './health.ts';
import { createJsonApp } from './json-app.ts';
import { adminPermissions, openPaths, permitted } from './permissions.ts';

const statusBody = z.object({
  version: z.string(),
  isolation: z.string().describe('What keeps agents from the rest of the machine; see docs/security.md.'),
  uptime: z.number().describe('Seconds since the gateway started.'),
  sessions: z.record(z.string(), z.number()).describe('How many are stored in each state.'),
  connections: z.number().describe('Open sockets.'),
  workers: z.array(
    z.object({
      session_id: z.string(),
      worker_type: z.string(),
      state: z.string(),
      pid: z.number().describe('The agent’s process, or the one that holds its walls.'),
      isolation: z.string().describe('What keeps this one from the rest of the machine.'),
      processes: z.number().describe('How many it and what it started are.'),
      memory_bytes: z.number().describe('Their resident memory.'),
      cpu_ms: z.number().describe('Their processor time since they were started.'),
    }),
  ),
});

export type Status = z.infer<typeof statusBody>;

type AdminApiOptions = {
  authenticate: Authenticate;
  status(): Promise<Status>;
  isStopping(): boolean;
  /** What keeps agents from the rest of the machine; said to everybody who can reach this listener. */
  isolation: string;
  audit: Audit;
  logger: Logger;
};

const route = createRoute({
  method: 'get',
  path: '/status',
  responses: {
    200: {
      description: 'What the gateway is doing now; nothing that anybody said.',
      content: { 'application/json': { schema: statusBody } },
    },
  },
});

/** What operators may ask, on a port of their own: it reads and changes nothing (A7). */
export function createAdminApi({
  authenticate,
  status,
  isStopping,
  isolation,
  audit,
  logger,
}: AdminApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = createJsonApp(logger);
  api.use(authenticated({ authenticate, apiKeyHeader: undefined, open: openPaths(adminPermissions) }));
  // What operators read is about everybody.
  api.use(audited({ audit, reads: true }));
  api.use(permitted(adminPermissions));
  api.route('/health', createHealth(isStopping, { isolation }));
  api.openapi(route, async (c) => c.json(await status(), 200));
  return api;
}
