import type { Config } from './config-schema.ts';

/** The configuration as it is at this moment: whoever wants to follow its changes reads it when it is needed. */
export type CurrentConfig = { readonly current: Config };

/** What is in force while a gateway runs. It changes as a whole: everybody who follows it takes a change up, or nobody. */
export class LiveConfig implements CurrentConfig {
  #current: Config;
  /** What makes itself ready for a change, which may still fail, and then takes it up, which may not. */
  readonly #followers: ((next: Config) => () => void)[] = [];

  constructor(started: Config) {
    this.#current = started;
  }

  get current(): Config {
    return this.#current;
  }

  /** What is made of the configuration, made anew with every change; a change of which it cannot be made is refused. */
  follow<T>(make: (config: Config) => T): () => T {
    let value = make(this.#current);
    this.#followers.push((next) => {
      const made = make(next);
      return () => {
        value = made;
      };
    });
    return () => value;
  }

  /** Tells of every change once it is in force. */
  onChange(told: (config: Config) => void): void {
    this.#followers.push((next) => () => told(next));
  }

  /** Puts a change in force after `takeDown` has written it down. Throws what a follower or that throws: nothing has changed then. */
  adopt(next: Config, takeDown: () => void): void {
    const ready = this.#followers.map((prepare) => prepare(next));
    takeDown();
    this.#current = next;
    for (const takeUp of ready) takeUp();
  }
}
