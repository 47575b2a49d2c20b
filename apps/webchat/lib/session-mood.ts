import type { SessionSummary } from '@hotplex/client-sdk';
import { isUnread, type Seen } from './seen-turns.ts';

/** What a session is doing, as its dot shows it: its state, that it waits for a person, or that it has an answer nobody saw. */
export type SessionMood = SessionSummary['state'] | 'waiting' | 'unread';

export function sessionMood(
  session: Pick<SessionSummary, 'id' | 'state' | 'pending' | 'totals' | 'updated_at'>,
  seen: Seen | undefined,
): SessionMood {
  if (session.pending > 0 && session.state === 'running') return 'waiting';
  return isUnread(seen, session) ? 'unread' : session.state;
}
