import type { Scope } from './reports.ts';

/** The pages of operators in their order, each with the scope that it takes to see it. */
const adminPages = {
  overview: 'stats:read',
  sessions: 'session:read',
  workers: 'stats:read',
  costs: 'stats:read',
  policy: 'admin:read',
  audit: 'admin:read',
  config: 'config:read',
  history: 'config:read',
} as const satisfies Record<string, Scope>;

export type AdminPageName = keyof typeof adminPages;

export const isAdminPage = (name: string | null): name is AdminPageName =>
  name !== null && Object.hasOwn(adminPages, name);

/** Whether scopes are good for one: `admin:read` for all that only looks, `admin:write` for everything, as in the gateway. */
export function coversScope(scopes: readonly Scope[], needed: Scope): boolean {
  if (scopes.includes(needed) || scopes.includes('admin:write')) return true;
  return needed.endsWith(':read') && scopes.includes('admin:read');
}

/** The pages that somebody with these scopes can see. */
export const pagesFor = (scopes: readonly Scope[]): AdminPageName[] =>
  (Object.keys(adminPages) as AdminPageName[]).filter((name) => coversScope(scopes, adminPages[name]));
