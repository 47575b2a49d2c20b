import type { Permission } from '../../src/http/permissions.ts';

/** Who may ask for what of operators, below `/admin` of their port and below `/api/admin` of the gateway's. */
const neededScopeBelow: Record<string, Permission> = {
  'DELETE /sessions/:id': 'session:delete',
  'GET /audit': 'admin:read',
  'GET /audit/verify': 'admin:read',
  'GET /config': 'config:read',
  'GET /config/history': 'config:read',
  'GET /costs': 'stats:read',
  'GET /debug/sessions/:id': 'admin:read',
  'GET /health': 'health:read',
  'GET /health/ready': 'health:read',
  'GET /health/workers': 'health:read',
  'GET /logs': 'admin:read',
  'GET /metrics': 'stats:read',
  'GET /nodes': 'stats:read',
  'GET /policy/decisions': 'admin:read',
  'GET /pool': 'stats:read',
  'GET /sessions': 'session:read',
  'GET /sessions/:id': 'session:read',
  'GET /sessions/:id/stats': 'session:read',
  'GET /stats': 'stats:read',
  'GET /status': 'stats:read',
  'POST /config/reload': 'admin:write',
  'POST /config/rollback': 'admin:write',
  'POST /config/validate': 'config:read',
  'POST /drain': 'admin:write',
  'POST /sessions/:id/terminate': 'session:write',
};
/** The same with the path before it. */
export const below = (prefix: string) =>
  Object.fromEntries(
    Object.entries(neededScopeBelow).map(([route, scope]) => [route.replace(' ', ` ${prefix}`), scope]),
  );
