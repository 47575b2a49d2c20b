import type { ClientLimits } from './connection/client-limits.ts';
import type { UserShare } from './ground/user-share.ts';
import type { SessionRegistry } from './session/session-registry.ts';

/** What each user has at this gateway. */
export function readShares({
  sessions,
  clientLimits,
}: {
  sessions: Pick<SessionRegistry, 'busy'>;
  clientLimits: Pick<ClientLimits, 'connections'>;
}): Map<string, UserShare> {
  const shares = new Map<string, UserShare>();
  const of = (user: string) => {
    const share = shares.get(user) ?? { connections: 0, agents: 0 };
    shares.set(user, share);
    return share;
  };
  for (const [user, connections] of clientLimits.connections) of(user).connections = connections;
  // One that has nothing to do makes room wherever room is needed.
  for (const { record } of sessions.busy()) of(record.ownerId).agents += 1;
  return shares;
}
