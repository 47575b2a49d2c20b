import type { Clock } from '../ground/clock.ts';
import { digest } from './digest.ts';

const graceMs = 10_000;

/**
 * Who succeeded a refresh token that was spent a moment ago. All tabs of a browser share one cookie, and two of them may
 * send the same one: the later tab is given the *same* successor, so that the browser ends with one live token whichever
 * answer arrives last. A new token for each would leave forgotten ones behind, a refusal would sign the user out.
 * For a thief of a spent token the window of seconds is no gain: with it unspent he would have had the same.
 */
export class RotationGrace {
  readonly #clock: Clock;
  readonly #spent = new Map<string, { successor: string; until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  remember(spentDigest: string, successor: string): void {
    const now = this.#clock.elapsed();
    for (const [spent, { until }] of this.#spent) if (until <= now) this.#spent.delete(spent);
    this.#spent.set(spentDigest, { successor, until: now + graceMs });
  }

  /** The newest token that came of this one; undefined if it was not spent within the grace. */
  newestAfter(token: string): string | undefined {
    let newest: string | undefined;
    for (let next = this.#successorOf(token); next !== undefined; next = this.#successorOf(next))
      newest = next;
    return newest;
  }

  #successorOf(token: string): string | undefined {
    const entry = this.#spent.get(digest(token));
    return entry && entry.until > this.#clock.elapsed() ? entry.successor : undefined;
  }
}
