/** What an operator's credential may be good for, at the operators' port (A7). */
export const adminScopes = [
  'health:read',
  'stats:read',
  'session:read',
  'session:write',
  'session:delete',
  'config:read',
  'admin:read',
  'admin:write',
] as const;

export type AdminScope = (typeof adminScopes)[number];

/** Whether one of these is good for that: `admin:read` for everything that only looks, `admin:write` for all there is. */
export function coversScope(scopes: readonly AdminScope[], needed: AdminScope): boolean {
  if (scopes.includes(needed) || scopes.includes('admin:write')) return true;
  return needed.endsWith(':read') && scopes.includes('admin:read');
}
