/** Who looks at the web chat, as its pages say of themselves; nothing of it is stored. */
export class Attention {
  readonly #lookedAt = new Map<string, number>();

  /** They look at it now, Unix milliseconds. */
  note(ownerId: string, now: number): void {
    this.#lookedAt.set(ownerId, now);
  }

  /** When they last did; undefined: not since the gateway started. */
  of(ownerId: string): number | undefined {
    return this.#lookedAt.get(ownerId);
  }
}
