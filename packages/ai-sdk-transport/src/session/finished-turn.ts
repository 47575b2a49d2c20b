import type { ServerEnvelope } from '@hotplex/aep-protocol';
import type { SessionsApi } from '@hotplex/client-sdk';
import type { TurnLog } from './turn-log.ts';

export type ReadFinishedTurn = (turnId: string) => Promise<TurnLog>;

/** Reads a turn that ended before this page could see it, from the session’s log. */
export function finishedTurns(sessions: SessionsApi, sessionId: string): ReadFinishedTurn {
  return async (id) => {
    const envelopes: ServerEnvelope[] = [];
    for await (const envelope of sessions.allEvents(sessionId)) {
      if (envelope.turn_id === id) envelopes.push(envelope);
    }
    return { id, envelopes, size: 0, readers: 0, ended: true };
  };
}
