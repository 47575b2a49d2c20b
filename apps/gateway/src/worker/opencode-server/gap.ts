import type { ServerEvent } from './messages.ts';

type GapOptions = {
  /** What happened while no events came. Never rejects. */
  fetch(): Promise<readonly ServerEvent[]>;
  /** Told what was fetched. */
  onMissed(events: readonly ServerEvent[]): void;
  /** Told what the stream brings. */
  onEvents(events: readonly ServerEvent[]): void;
};

/** Keeps the order of a conversation whose stream broke: what the stream brings waits for what it missed. */
export class Gap {
  readonly #options: GapOptions;
  #held: ServerEvent[] | undefined;
  #fills = 0;

  constructor(options: GapOptions) {
    this.#options = options;
  }

  take(events: readonly ServerEvent[]): void {
    if (this.#held) this.#held.push(...events);
    else this.#options.onEvents(events);
  }

  /** From now on what comes waits until the gap is filled. */
  hold(): void {
    this.#held ??= [];
  }

  /** Resolves to false if there was another gap meanwhile, which is filled in place of this one. */
  async fill(): Promise<boolean> {
    this.hold();
    this.#fills += 1;
    const fill = this.#fills;
    const missed = await this.#options.fetch();
    if (fill !== this.#fills) return false;
    this.#options.onMissed(missed);
    const held = this.#held ?? [];
    this.#held = undefined;
    if (held.length > 0) this.#options.onEvents(held);
    return true;
  }
}
