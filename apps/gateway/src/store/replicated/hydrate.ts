import type { SessionStore } from '../store.ts';
import { HeldSession } from './held-session.ts';

/** Events that are brought along: what followers who come back have missed, as a rule. */
const tail = 500;

/**
 * Brings a session from the shared store into a node's own: how it stands, what waits or is with its agent, what was asked,
 * and the end of its log. The rest stays where it is, and is read there. One that is not there yet is only held.
 */
export function hydrate(
  { sessionId, fence }: { sessionId: string; fence: number },
  { local, shared }: { local: SessionStore; shared: SessionStore },
): HeldSession {
  if (local.find(sessionId)) local.remove(sessionId);
  const record = shared.find(sessionId);
  if (!record) return new HeldSession(sessionId, fence);
  const events = shared.eventsBefore(sessionId, record.lastSeq + 1, tail);
  const firstHere = events[0]?.seq ?? record.lastSeq + 1;
  const turns = record.turn ? [null, record.turn.id] : [null];
  const asked = [
    ...shared.openInteractions(sessionId),
    ...turns.flatMap((turnId) => shared.resolvedInteractions(sessionId, turnId)),
  ];
  const worker = shared.worker(sessionId);
  local.create(
    { ...record, lastSeq: firstHere - 1 },
    {
      events,
      inputs: shared.inputs(sessionId, ['queued', 'delivered']),
      interactions: asked.toSorted((a, b) => a.createdAt - b.createdAt),
      ...(worker && { worker }),
    },
  );
  return new HeldSession(sessionId, fence, { firstHere, firstOfAll: shared.oldestSeq(sessionId) });
}
