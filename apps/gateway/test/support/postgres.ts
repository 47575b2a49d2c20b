import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { connectPostgres } from '../../src/store/postgres/connect-postgres.ts';
import { preparePostgres } from '../../src/store/postgres/open-postgres-database.ts';
import { endsWithUs } from './ends-with-us.ts';

/** As root PostgreSQL does not run: then it is this one, whom every Linux has as `nobody`. */
const nobody = 65_534;
const owner = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
const template = 'hotplex_template';
/** As nobody's trigger sees it, so also what may never be removed. */
const emptyAll = `
  set session_replication_role = replica;
  do $$ declare found record; begin
    for found in select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%' loop
      execute format('delete from %I', found.name);
    end loop;
    perform setval(format('%I', sequencename)::regclass, 1, false) from pg_sequences where schemaname = 'public';
  end $$`;

/** A PostgreSQL of this machine that runs for the tests of one file, in a folder of its own and on a socket there. */
export class TestPostgres {
  readonly #folder: string;
  readonly #settings: readonly string[];
  #server: ChildProcess | undefined;
  #databases = 0;
  #shared: string | undefined;

  private constructor(folder: string, settings: readonly string[]) {
    this.#folder = folder;
    this.#settings = settings;
  }

  /** `settings` as in `postgresql.conf`; what is written is not flushed to the disk unless they say so. */
  static async start(settings: readonly string[] = ['fsync=off']): Promise<TestPostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'pg-'));
    if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
    const server = new TestPostgres(folder, settings);
    const flags = ['--no-sync', '--auth=trust', '--username=hotplex', '--encoding=UTF8', '--locale=C.UTF-8'];
    execFileSync(program('initdb'), [...flags, join(folder, 'data')], {
      ...owner,
      cwd: folder,
      stdio: 'pipe',
    });
    await server.run();
    await server.#tell('postgres', `create database ${template}`);
    await preparePostgres(server.url(template));
    return server;
  }

  /** Starts the server, or starts it again. */
  async run(): Promise<void> {
    const settings = ['listen_addresses=', `unix_socket_directories=${this.#folder}`, ...this.#settings];
    const flags = settings.flatMap((setting) => ['-c', setting]);
    const server = spawn(program('postgres'), ['-D', join(this.#folder, 'data'), ...flags], {
      ...{ ...owner, cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'] },
    });
    this.#server = endsWithUs(server, () => {});
    let said = '';
    await new Promise<void>((resolve, reject) => {
      server.stderr?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('database system is ready to accept connections')) resolve();
      });
      server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
    });
  }

  /** Ends it: `SIGQUIT` as a crash would, `SIGINT` in order. */
  async end(signal: 'SIGQUIT' | 'SIGINT'): Promise<void> {
    const server = this.#server;
    if (!server || server.exitCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }

  /** For the end of the tests. */
  async remove(): Promise<void> {
    await this.end('SIGQUIT');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The URL of a new database that has our tables. */
  async database(): Promise<string> {
    const name = this.#nextName();
    await this.#tell('postgres', `create database ${name} template ${template}`);
    return this.url(name);
  }

  /** The URL of a new database that has nothing. */
  async emptyDatabase(): Promise<string> {
    const name = this.#nextName();
    await this.#tell('postgres', `create database ${name}`);
    return this.url(name);
  }

  /** The URL of a database that has our tables and is the same each time, emptied: that is quicker than a new one. */
  async emptied(): Promise<string> {
    this.#shared ??= await this.database();
    const name = this.#shared.slice(this.#shared.lastIndexOf('/') + 1);
    await this.#tell(name, emptyAll);
    return this.#shared;
  }

  #nextName(): string {
    this.#databases += 1;
    return `test_${this.#databases}`;
  }

  async #tell(database: string, text: string): Promise<void> {
    const client = await connectPostgres({ url: this.url(database), connectMs: 10_000, statementMs: 0 });
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }

  /** The socket that it listens on. */
  get socket(): string {
    return join(this.#folder, '.s.PGSQL.5432');
  }

  url(database: string): string {
    return `postgres://hotplex@${encodeURIComponent(this.#folder)}/${database}`;
  }

  /** What `psql` prints, a line for each row. */
  sql(database: string, text: string): string[] {
    const args = ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', this.url(database), '-c', text];
    return execFileSync(program('psql'), args, { encoding: 'utf8' }).trimEnd().split('\n').filter(Boolean);
  }
}

/** Where a program of PostgreSQL is: in the path, or where Debian has it. */
function program(name: string): string {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...globSync('/usr/lib/postgresql/*/bin').toSorted().toReversed(),
  ];
  const found = folders.map((folder) => join(folder, name)).find(isExecutable);
  if (found === undefined) throw new Error(`install PostgreSQL: there is no ${name}`);
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
