import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import { digest } from './digest.ts';
import type { RefreshSuccession } from './refresh-succession.ts';

const graceMs = 10_000;

/** For a gateway that is alone: it remembers who followed whom. */
export class RememberedSuccession implements RefreshSuccession {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #spent = new Map<string, { successor: string; until: number }>();

  constructor({ clock, ids }: { clock: Clock; ids: Ids }) {
    this.#clock = clock;
    this.#ids = ids;
  }

  follow(spent: string): string {
    const now = this.#clock.elapsed();
    for (const [key, { until }] of this.#spent) if (until <= now) this.#spent.delete(key);
    const successor = this.#ids.secret(32);
    this.#spent.set(digest(spent), { successor, until: now + graceMs });
    return successor;
  }

  *after(token: string): Iterable<string> {
    for (let next = this.#successorOf(token); next !== undefined; next = this.#successorOf(next)) yield next;
  }

  #successorOf(token: string): string | undefined {
    const entry = this.#spent.get(digest(token));
    return entry && entry.until > this.#clock.elapsed() ? entry.successor : undefined;
  }
}
