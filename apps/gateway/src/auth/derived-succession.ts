import type { Clock } from '../ground/clock.ts';
import type { RefreshSuccession } from './refresh-succession.ts';

/** A token spent within this time, ms, leads to its successor at every node; after twice that time at none. */
const spanMs = 10_000;

/**
 * For a cluster: a successor follows from the spent token, the time and a secret of all nodes, so that none needs to be
 * remembered. Their clocks may differ by as much as the span.
 */
export class DerivedSuccession implements RefreshSuccession {
  readonly #clock: Clock;
  /** Different for each text, and nothing that who has not the secret could find. */
  readonly #derive: (text: string) => string;

  constructor({ clock, derive }: { clock: Clock; derive(text: string): string }) {
    this.#clock = clock;
    this.#derive = derive;
  }

  follow(spent: string): string {
    return this.#at(spent, this.#span());
  }

  *after(token: string): Iterable<string> {
    const next = this.#near(token);
    yield* next;
    for (const each of next) yield* this.#near(each);
  }

  #near(token: string): string[] {
    const now = this.#span();
    return [now, now - 1, now + 1].map((span) => this.#at(token, span));
  }

  #at(token: string, span: number): string {
    return this.#derive(`${span} ${token}`);
  }

  #span(): number {
    return Math.floor(this.#clock.now() / spanMs);
  }
}
