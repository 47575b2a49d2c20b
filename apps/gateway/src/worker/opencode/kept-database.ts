import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

type Environment = Readonly<Record<string, string | undefined>>;

/** What an agent can write may be of any kind and length: a larger database is not read at all. Bytes. */
const largestFile = 1_073_741_824;
/** How long a lock of OpenCode's is waited for. */
const busyMs = 100;

/** A query of the database that OpenCode keeps. */
export type KeptQuery<P extends unknown[]> = { all(...parameters: P): unknown[] };

/** The database in which OpenCode keeps its conversations (observed with 1.18.33), only to be read. */
export class KeptDatabase implements Disposable {
  readonly #connection: Database.Database;

  /** Throws if there is none, or what is there is not what OpenCode makes. */
  constructor({ HOME = '/', XDG_DATA_HOME }: Environment) {
    const path = join(XDG_DATA_HOME || join(HOME, '.local/share'), 'opencode', 'opencode.db');
    requirePlain(path);
    this.#connection = new Database(path, { readonly: true, fileMustExist: true, timeout: busyMs });
    try {
      this.#connection.pragma('trusted_schema = off');
      for (const table of ['session', 'message', 'part']) this.#requirePlainTable(table);
    } catch (error) {
      this.#connection.close();
      throw error;
    }
  }

  /** Throws if a table or column of it is missing, or if it would go through a whole table. */
  indexed<P extends unknown[]>(sql: string): KeptQuery<P> {
    const plan = this.#connection.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`);
    const parameters = Array.from(sql.matchAll(/\?/g), () => null);
    if (plan.all(...parameters).some(({ detail }) => detail.startsWith('SCAN')))
      throw new Error(`OpenCode's database has no index for: ${sql}`);
    return this.query(sql);
  }

  /** Throws if a table or column of it is missing. */
  query<P extends unknown[]>(sql: string): KeptQuery<P> {
    return this.#connection.prepare<P>(sql);
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }

  /** In the place of a table, a view or a column that is computed could keep us busy for ever. */
  #requirePlainTable(name: string): void {
    const { type } = this.#connection
      .prepare<[string], { type: string }>(
        `select type from pragma_table_list where schema = 'main' and name = ?`,
      )
      .get(name) ?? { type: 'nothing' };
    const computed = this.#connection
      .prepare('select 1 from pragma_table_xinfo(?) where hidden <> 0')
      .get(name);
    if (type !== 'table' || computed) throw new Error(`${name} is no plain table of OpenCode's`);
  }
}

function requirePlain(path: string): void {
  const found = ['', '-wal', '-shm'].flatMap(
    (suffix) => lstatSync(`${path}${suffix}`, { throwIfNoEntry: false }) ?? [],
  );
  const size = found.reduce((sum, file) => sum + file.size, 0);
  if (found.length === 0 || found.some((file) => !file.isFile()) || size > largestFile)
    throw new Error(`${path} is no database of OpenCode's`);
}
