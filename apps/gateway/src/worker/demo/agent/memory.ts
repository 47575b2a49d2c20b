import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the demo agent knows of one conversation. */
export type Remembered = {
  facts: string[];
  /** Tools that may be used without asking again. */
  allowed: string[];
  turns: number;
  words: { heard: number; said: number };
  /** What was known after each turn that has ended, oldest first. */
  past: Known[];
};

type Known = Pick<Remembered, 'facts' | 'words'>;

export type MemoryOptions = { directory: string; newSession: () => string };

const safeName = /^[A-Za-z0-9-]{1,64}$/;
const empty = (): Remembered => ({
  facts: [],
  allowed: [],
  turns: 0,
  words: { heard: 0, said: 0 },
  past: [],
});

/** The memory of a conversation, in a file of its own. Every change is on disk when `update` returns. */
export class Memory {
  readonly #options: MemoryOptions;
  #session: string;
  #remembered: Remembered;

  private constructor(options: MemoryOptions, session: string, remembered: Remembered) {
    this.#options = options;
    this.#session = session;
    this.#remembered = remembered;
    mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    this.#save();
  }

  static create(options: MemoryOptions): Memory {
    return new Memory(options, options.newSession(), empty());
  }

  /** Undefined if there is no such conversation, or its file cannot be read. */
  static resume(session: string, options: MemoryOptions): Memory | undefined {
    if (!safeName.test(session)) return undefined;
    try {
      const text = readFileSync(join(options.directory, `${session}.json`), 'utf8');
      const remembered: Remembered = { ...empty(), ...JSON.parse(text) };
      return new Memory(options, session, remembered);
    } catch {
      return undefined;
    }
  }

  get session(): string {
    return this.#session;
  }

  get remembered(): Readonly<Remembered> {
    return this.#remembered;
  }

  update(change: Partial<Remembered>): void {
    this.#remembered = { ...this.#remembered, ...change };
    this.#save();
  }

  /** Notes that a turn has ended, and what is known by now. */
  endTurn(words: Remembered['words']): void {
    const { facts, turns, past } = this.#remembered;
    this.update({ words, turns: turns + 1, past: [...past, { facts, words }] });
  }

  /** Begins a new conversation that knows all of this one, or what it knew after so many turns; undefined: nobody knows. */
  branchOff(turns?: number): Memory | undefined {
    if (turns !== undefined) {
      const known = this.#remembered.past[turns - 1];
      if (!known) return undefined;
      this.#remembered = {
        ...this.#remembered,
        ...known,
        turns,
        past: this.#remembered.past.slice(0, turns),
      };
    }
    this.#session = this.#options.newSession();
    this.#save();
    return this;
  }

  /** Begins a new conversation that knows nothing of this one. */
  clear(): void {
    this.#session = this.#options.newSession();
    this.#remembered = empty();
    this.#save();
  }

  /** Whole or not at all: a kill in between leaves the file as it was. */
  #save(): void {
    const file = join(this.#options.directory, `${this.#session}.json`);
    writeFileSync(`${file}.new`, JSON.stringify(this.#remembered), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}
