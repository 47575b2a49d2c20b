import { localRouter, type Router } from '../cluster/router.ts';
import { movedOn } from '../session/ask-owner.ts';
import type { Session } from '../session/session.ts';
import type { SessionRegistry } from '../session/session-registry.ts';

/**
 * Called after something of a session was read: that is true if the session is still here. A node that stood still while
 * others gave it up, just before it read, would show a copy that is old. Throws RECONNECT_REQUIRED, and what
 * `Router.place` does.
 */
export async function requireHere(
  session: Session,
  { router, sessions }: { router: Router; sessions: Pick<SessionRegistry, 'live'> },
): Promise<void> {
  if (router === localRouter) return;
  const { id } = session.record;
  if ((await router.place(id)) !== 'here' || sessions.live(id) !== session) throw movedOn();
}
