import { localRouter, type Router, type SessionPlace } from '../cluster/router.ts';
import type { OpenRequest } from './open-request.ts';
import type { SessionRegistry } from './session-registry.ts';

/** Where a session is that is worked for elsewhere. */
export type SessionOwner = { sessionId: string; life: string };

/** What a session's node is found with. */
export type OwnerSearch = { router: Router; sessions: Pick<SessionRegistry, 'idsOf'> };

/**
 * The node of the session that this request means, by its id or by the client's own key; `here` for a new one. What is
 * wrong with the request is said by whoever opens the session. Throws what `Router.place` does.
 */
export async function findOwner(
  request: OpenRequest,
  { router, sessions }: OwnerSearch,
): Promise<'here' | SessionOwner> {
  // Whoever is alone need not work out what the session may be called.
  if (router === localRouter) return 'here';
  for (const id of sessions.idsOf(request)) {
    const owner = toOwner(id, await router.place(id));
    if (owner !== 'here') return owner;
  }
  return 'here';
}

/** A session's place with its name. */
export const toOwner = (sessionId: string, place: SessionPlace): 'here' | SessionOwner =>
  place === 'here' ? place : { sessionId, ...place };
