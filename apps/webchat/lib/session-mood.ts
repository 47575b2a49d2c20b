import type { SessionSummary } from '@hotplex/client-sdk';

/** What a session is doing, as its dot shows it: its state, or that it waits for a person. */
export type SessionMood = SessionSummary['state'] | 'waiting';

export function sessionMood(session: Pick<SessionSummary, 'state' | 'pending'>): SessionMood {
  return session.pending > 0 && session.state === 'running' ? 'waiting' : session.state;
}
