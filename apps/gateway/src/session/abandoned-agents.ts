/**
 * The agents of sessions that were lost to other gateways while they ran, and are being ended. A session that comes back
 * goes on with none of them, and starts no other before they are gone: two agents would be in one conversation.
 */
export class AbandonedAgents {
  readonly #ended = new Map<string, Promise<void>>();

  /** The session was lost; `ended` resolves when its agent is gone. */
  add(sessionId: string, ended: Promise<void>): void {
    const before = this.#ended.get(sessionId);
    this.#ended.set(sessionId, before ? before.then(() => ended) : ended);
  }

  /** Resolves when no agent of the session is left that was given up here; undefined if none ever was. */
  ended(sessionId: string): Promise<void> | undefined {
    return this.#ended.get(sessionId);
  }
}
