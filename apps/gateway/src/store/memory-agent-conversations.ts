import type { SessionRecord } from './store.ts';

const keyOf = (workerType: string, nativeSessionId: string) => JSON.stringify([workerType, nativeSessionId]);

/** Which conversations of agents were ever a session's; it outlives those. */
export class MemoryAgentConversations {
  readonly #known = new Map<string, { ownerId: string; sessionId: string }>();

  note({ id, ownerId, workerType, nativeSessionId }: SessionRecord): void {
    if (nativeSessionId === null) return;
    const key = keyOf(workerType, nativeSessionId);
    this.#known.set(key, { ownerId, ...this.#known.get(key), sessionId: id });
  }

  /** Its first owner, and the session that had it last. */
  find(workerType: string, nativeSessionId: string): { ownerId: string; sessionId: string } | undefined {
    return this.#known.get(keyOf(workerType, nativeSessionId));
  }
}
