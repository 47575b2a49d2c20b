import type { SessionReads } from '../session-reads.ts';
import type { EventRecord, SessionStore } from '../store.ts';
import type { HeldSession } from './held-session.ts';

type Sources = {
  local: SessionStore;
  shared: SessionStore;
  held(sessionId: string): HeldSession | undefined;
};

/**
 * What is known of a session: of one that this node works for the newest, from its own store, and from the shared one what
 * was not brought here; of any other what is shared.
 */
export function createReadThrough({ local, shared, held }: Sources): SessionReads {
  const storeOf = (sessionId: string) => (held(sessionId) ? local : shared);

  function events(sessionId: string, after: number, limit: number): EventRecord[] {
    const { firstHere = Number.POSITIVE_INFINITY } = held(sessionId) ?? {};
    const missing = Math.min(limit, firstHere - 1 - after);
    if (missing <= 0) return local.events(sessionId, after, limit);
    const earlier = shared.events(sessionId, after, missing);
    if (earlier.length === limit || firstHere === Number.POSITIVE_INFINITY) return earlier;
    return [...earlier, ...local.events(sessionId, firstHere - 1, limit - earlier.length)];
  }

  function eventsBefore(sessionId: string, before: number, limit: number): EventRecord[] {
    const { firstHere = Number.POSITIVE_INFINITY } = held(sessionId) ?? {};
    const later = before > firstHere ? local.eventsBefore(sessionId, before, limit) : [];
    if (later.length === limit || firstHere === 1) return later;
    return [...shared.eventsBefore(sessionId, Math.min(before, firstHere), limit - later.length), ...later];
  }

  return {
    find: (id) => storeOf(id).find(id),
    agentConversation(workerType, nativeSessionId) {
      const here = local.agentConversation(workerType, nativeSessionId);
      return here?.sessionId ? here : shared.agentConversation(workerType, nativeSessionId);
    },
    events,
    eventsBefore,
    oldestSeq: (id) => held(id)?.firstOfAll ?? storeOf(id).oldestSeq(id),
    // Of what is over only the numbers were left behind: the same prompt is taken once however late it comes again.
    input: (id, inputId) => storeOf(id).input(id, inputId) ?? earlier(id)?.input(id, inputId),
    inputs: (id, statuses) => storeOf(id).inputs(id, statuses),
    interaction: (id, key) => storeOf(id).interaction(id, key) ?? earlier(id)?.interaction(id, key),
    openInteractions: (id) => storeOf(id).openInteractions(id),
    resolvedInteractions: (id, turnId) => storeOf(id).resolvedInteractions(id, turnId),
    worker: (id) => storeOf(id).worker(id),
  };

  /** Where to look for what was not brought here; undefined for a session that began here. */
  function earlier(sessionId: string): SessionStore | undefined {
    return held(sessionId)?.firstOfAll === undefined ? undefined : shared;
  }
}
