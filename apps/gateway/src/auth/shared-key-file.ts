import { existsSync, readFileSync } from 'node:fs';
import type { Clock } from '../ground/clock.ts';
import { StartError } from '../ground/start-error.ts';
import { writePrivateFile } from './private-file.ts';
import type { Seal } from './seal.ts';

type SharedKeyFileOptions = {
  file: string;
  /** What the key is called in the database. */
  name: string;
  /** Makes the file where there is none. Throws for a bad one. */
  load(file: string): unknown;
  /** The database of all nodes. */
  keys: {
    sealedKey(name: string): string | undefined;
    replaceKey(name: string, change: { before: string | undefined; sealed: string; now: number }): boolean;
  };
  /** The same for all nodes. */
  seal: Seal;
  clock: Clock;
};

/**
 * A key that each node of a cluster has in a file of its own, and all have the same. The first node puts its own into the
 * database; from then on the one there counts, until somebody changes the file of a node that has it.
 */
export class SharedKeyFile {
  readonly #options: SharedKeyFileOptions;
  /** What the file and the database both had when they were last looked at. */
  #known: string | undefined;

  constructor(options: SharedKeyFileOptions) {
    this.#options = options;
  }

  get file(): string {
    return this.#options.file;
  }

  /** File and database have the same afterwards. Throws StartError, what the database throws, and what `load` throws. */
  refresh(): void {
    const { file, name, keys, load, seal, clock } = this.#options;
    const before = keys.sealedKey(name);
    const shared = before === undefined ? undefined : this.#open(before);
    const own = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    const isChangedHere = own !== undefined && own !== shared && shared === this.#known;
    if (shared !== undefined && !isChangedHere) {
      if (own !== shared) writePrivateFile(file, shared);
      this.#known = shared;
      return;
    }
    load(file);
    const mine = readFileSync(file, 'utf8');
    const sealed = seal.seal(mine);
    if (keys.replaceKey(name, { before, sealed, now: clock.now() })) this.#known = mine;
    else this.refresh();
  }

  #open(sealed: string): string {
    const { name, seal } = this.#options;
    const opened = seal.open(sealed);
    if (opened !== undefined) return opened;
    throw new StartError(
      `cluster.secret does not open the ${name} that the gateways of this database share: give them all the same secret; if it was changed on purpose, stop all of them and empty the table shared_keys`,
    );
  }
}
