import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { GatewayError } from '../ground/gateway-error.ts';
import { mayAct, type Role } from '../ground/role.ts';
import type { ApiEnvironment } from './api-environment.ts';

/** Who may ask for it: whoever has this role, or anyone at all. */
export type Permission = Role | 'anyone';

/** Of every route of one listener, as `METHOD /path`. */
export type Permissions = Readonly<Record<string, Permission>>;

/** What the gateway's port answers to whom. A route that is not in it does not exist (A5). */
export const publicPermissions: Permissions = {
  'GET /health': 'anyone',
  // How one gets a credential, or gives it back.
  'POST /api/auth/sign-in': 'anyone',
  'POST /api/auth/refresh': 'anyone',
  'POST /api/auth/sign-out': 'anyone',
  'GET /api/auth/methods': 'anyone',
  'GET /api/auth/oidc/start': 'anyone',
  'GET /api/auth/oidc/callback': 'anyone',
  'POST /api/auth/sign-out-everywhere': 'viewer',
  'POST /api/auth/ticket': 'viewer',
  'GET /api/agents': 'viewer',
  'GET /api/search': 'viewer',
  'GET /api/sessions': 'viewer',
  'GET /api/sessions/:id': 'viewer',
  'GET /api/sessions/:id/events': 'viewer',
  'GET /api/sessions/:id/stream': 'viewer',
  'GET /api/sessions/:id/files': 'viewer',
  'GET /api/sessions/:id/files/:file_id': 'viewer',
  'POST /api/sessions': 'driver',
  'PATCH /api/sessions/:id': 'driver',
  'DELETE /api/sessions/:id': 'driver',
  'POST /api/sessions/:id/fork': 'driver',
  'POST /api/sessions/:id/files': 'driver',
  'POST /api/sessions/:id/files/fetch': 'driver',
  'DELETE /api/sessions/:id/files/:file_id': 'driver',
};

/** What operators may ask at their port (A7). */
export const adminPermissions: Permissions = { 'GET /health': 'anyone', 'GET /status': 'admin' };

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
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
    const path = matchedRoutes(c).findLast((each) => each.method === method)?.path;
    if (path === undefined) return next();
    const needed = permissions[`${method} ${path}`];
    const role = c.get('identity')?.role;
    if (needed === 'anyone' || (needed && role && mayAct(role, needed))) return next();
    throw new GatewayError('FORBIDDEN', `this credential is good for a ${role}: a ${needed} may do this`);
  };
}
