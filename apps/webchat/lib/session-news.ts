import type { SessionSummary } from '@hotplex/client-sdk';

/** Something for a person who is not looking: an agent asks, or has finished. */
export type SessionNews = { session: SessionSummary; kind: 'asks' | 'ended' };

/** What happened between two looks at the list. A session that is new in it is no news. */
export function newsBetween(
  before: readonly SessionSummary[],
  after: readonly SessionSummary[],
): SessionNews[] {
  const earlier = new Map(before.map((session) => [session.id, session]));
  return after.flatMap((session): SessionNews[] => {
    const known = earlier.get(session.id);
    if (!known) return [];
    if (session.pending > known.pending) return [{ session, kind: 'asks' }];
    const hasEnded = session.state !== 'running' && session.totals.turn_count > known.totals.turn_count;
    return hasEnded ? [{ session, kind: 'ended' }] : [];
  });
}
