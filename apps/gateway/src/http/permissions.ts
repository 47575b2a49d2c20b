import type { MiddlewareHandler } from 'hono';
import type { Identity } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { mayAct, type Role } from '../ground/role.ts';
import { type AdminScope, adminScopes, coversScope } from '../settings/admin-scope.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { routeOf } from './matched-route.ts';

/** Who may ask for it: whoever has this role or this scope of operators, or anyone at all. */
export type Permission = Role | AdminScope | 'anyone';

/** Of every route of one listener, as `METHOD /path`. */
export type Permissions = Readonly<Record<string, Permission>>;

/** What operators may ask, below `/admin` of their port and below `/api/admin` of the gateway's (A7). */
const operatorRoutes: Readonly<Record<string, AdminScope>> = {
  'GET /metrics': 'stats:read',
  'GET /status': 'stats:read',
  'GET /health': 'health:read',
  'GET /health/ready': 'health:read',
  'GET /health/workers': 'health:read',
  'GET /stats': 'stats:read',
  'GET /pool': 'stats:read',
  'GET /nodes': 'stats:read',
  'GET /costs': 'stats:read',
  'GET /logs': 'admin:read',
  'GET /audit': 'admin:read',
  'GET /audit/verify': 'admin:read',
  'GET /policy/decisions': 'admin:read',
  'GET /config': 'config:read',
  'GET /sessions': 'session:read',
  'GET /sessions/:id': 'session:read',
  'GET /sessions/:id/stats': 'session:read',
  'GET /debug/sessions/:id': 'admin:read',
  'POST /sessions/:id/terminate': 'session:write',
  'DELETE /sessions/:id': 'session:delete',
  'POST /config/validate': 'config:read',
  'GET /config/history': 'config:read',
  'POST /config/reload': 'admin:write',
  'POST /config/rollback': 'admin:write',
  'POST /drain': 'admin:write',
};

const below = (prefix: string): Permissions =>
  Object.fromEntries(
    Object.entries(operatorRoutes).map(([route, scope]) => [route.replace(' ', ` ${prefix}`), scope]),
  );

/** What the gateway's port answers to whom. A route that is not in it does not exist (A5). */
export const publicPermissions: Permissions = {
  'GET /health': 'anyone',
  'GET /health/ready': 'anyone',
  // How one gets a credential, or gives it back.
  'POST /api/auth/sign-in': 'anyone',
  'POST /api/auth/refresh': 'anyone',
  'POST /api/auth/sign-out': 'anyone',
  'GET /api/auth/methods': 'anyone',
  'GET /api/auth/oidc/start': 'anyone',
  'GET /api/auth/oidc/callback': 'anyone',
  // Whoever has a link may read what it shows, and the link is looked at there.
  'GET /api/shared': 'anyone',
  'POST /api/auth/sign-out-everywhere': 'viewer',
  'POST /api/auth/ticket': 'viewer',
  'GET /api/auth/identity': 'viewer',
  'GET /openapi.json': 'viewer',
  'GET /api/agents': 'viewer',
  // Whom the configuration names, and nobody else.
  'GET /api/agents/:type/conversations': 'driver',
  'POST /api/agents/:type/conversations/:conversation/adopt': 'driver',
  // Of those who may choose one.
  'GET /api/folders': 'driver',
  'GET /api/search': 'viewer',
  'GET /api/sessions': 'viewer',
  'GET /api/sessions/:id': 'viewer',
  'GET /api/sessions/:id/events': 'viewer',
  'GET /api/sessions/:id/stream': 'viewer',
  'GET /api/sessions/:id/files': 'viewer',
  'GET /api/sessions/:id/files/:file_id': 'viewer',
  'GET /api/sessions/:id/changes': 'viewer',
  'GET /api/sessions/:id/changes/diff': 'viewer',
  'GET /api/sessions/:id/changes/content': 'viewer',
  'GET /api/push/key': 'viewer',
  'GET /api/push/devices': 'viewer',
  'POST /api/push/devices': 'viewer',
  'DELETE /api/push/devices/:device_id': 'viewer',
  // Who may not write a prompt needs no names for it.
  'GET /api/sessions/:id/paths': 'driver',
  // Who watches sees what the session changed, and no other file.
  'GET /api/sessions/:id/paths/content': 'driver',
  'GET /api/sessions/:id/paths/bytes': 'driver',
  'POST /api/sessions': 'driver',
  'PATCH /api/sessions/:id': 'driver',
  'DELETE /api/sessions/:id': 'driver',
  'POST /api/sessions/:id/fork': 'driver',
  'POST /api/sessions/:id/files': 'driver',
  'POST /api/sessions/:id/files/fetch': 'driver',
  'DELETE /api/sessions/:id/files/:file_id': 'driver',
  'POST /api/sessions/:id/changes/revert': 'driver',
  'GET /api/sessions/:id/rewind': 'driver',
  'POST /api/sessions/:id/rewind': 'driver',
  'GET /api/sessions/:id/shares': 'viewer',
  'POST /api/sessions/:id/shares': 'driver',
  'DELETE /api/sessions/:id/shares/:share_id': 'driver',
  // Of users whom admin.users names.
  ...below('/api/admin'),
};

/** What the operators' port answers to whom. */
export const adminPermissions: Permissions = {
  ...below('/admin'),
  'GET /health': 'anyone',
  'GET /admin/health/ready': 'anyone',
  'GET /openapi.json': 'health:read',
  'GET /metrics': 'stats:read',
  'GET /status': 'stats:read',
};

/** The paths of a listener that do without a credential. */
export function openPaths(permissions: Permissions): ReadonlySet<string> {
  const open = Object.entries(permissions).filter(([, permission]) => permission === 'anyone');
  return new Set(open.map(([route]) => route.slice(route.indexOf(' ') + 1)));
}

/**
 * Answers 403 to those whose credential is good, but not for this. Stands behind `authenticated`. A route without an
 * entry is closed to everybody.
 */
export function permitted(permissions: Permissions): MiddlewareHandler<ApiEnvironment> {
  return async (c, next) => {
    const route = routeOf(c);
    if (!route) return next();
    const needed = permissions[`${route.method} ${route.path}`];
    const identity = c.get('identity');
    if (needed === 'anyone' || (needed && identity && mayAsk(identity, needed))) return next();
    throw new GatewayError('FORBIDDEN', refusalOf(identity, needed));
  };
}

const isScope = (needed: Permission): needed is AdminScope => adminScopes.some((scope) => scope === needed);

function mayAsk({ role, scopes = [] }: Identity, needed: Role | AdminScope): boolean {
  return isScope(needed) ? coversScope(scopes, needed) : mayAct(role, needed);
}

function refusalOf(identity: Identity | undefined, needed: Permission | undefined): string {
  if (needed !== undefined && isScope(needed))
    return `this credential has not the scope ${needed}: give it that in admin.tokens or admin.users, or use another one`;
  return `this credential is good for a ${identity?.role}: a ${needed} may do this`;
}
