import type { AdminScope } from '../settings/admin-scope.ts';
import type { Authenticate } from './identity.ts';
import { isPerson } from './is-person.ts';

/** A user who may do in the browser what operators with these scopes may. */
export type AdminUser = { name: string; scopes: readonly AdminScope[] };

/**
 * Gives the users that the configuration names their scopes, with each credential anew (A7). Only who signed in as himself
 * has them: no key, which programs hold, no token of a bot, and none that is narrowed to watching.
 */
export function withAdminUsers(authenticate: Authenticate, users: readonly AdminUser[]): Authenticate {
  const scopesOf = new Map(users.map(({ name, scopes }) => [name, scopes]));
  return async (credential, attempt) => {
    const identity = await authenticate(credential, attempt);
    const scopes = isPerson(identity) ? scopesOf.get(identity.subject) : undefined;
    return scopes === undefined ? identity : { ...identity, scopes };
  };
}
