import type { Identity } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Session } from '../session/session.ts';
import type { SessionRegistry } from '../session/session-registry.ts';

/** The session that an address names, for who asks. Throws SESSION_NOT_FOUND; somebody else's is as one that is not there. */
export function requireSession(sessions: SessionRegistry, id: string, identity: Identity): Session {
  const session = sessions.find(id, identity);
  if (!session) throw new GatewayError('SESSION_NOT_FOUND', 'there is no such session');
  return session;
}
