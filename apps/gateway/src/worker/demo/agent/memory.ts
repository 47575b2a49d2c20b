import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the demo agent knows of one conversation. */
export type Remembered = {
  facts: string[];
  /** Tools that may be used without asking again. */
  allowed: string[];
  turns: number;
  words: { heard: number; said: number };
};

export type MemoryOptions = { directory: string; newSession: () => string };

const safeName = /^[A-Za-z0-9-]{1,64}$/;
const empty = (): Remembered => ({ facts: [], allowed: [], turns: 0, words: { heard: 0, said: 0 } });

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

  /** Begins a new conversation that knows all of this one. */
  branchOff(): void {
    this.#session = this.#options.newSession();
    this.#save();
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
