import { existsSync } from 'node:fs';
import { StartError } from '../ground/start-error.ts';
import { sum } from '../ground/sum.ts';
import { expandPath } from '../start-checks.ts';
import { copyIntoPostgres } from '../store/postgres/copy-into-postgres.ts';
import type { RunCommand } from './command.ts';
import { openConfig } from './open-config.ts';
import { readArguments } from './read-arguments.ts';
import { db as description } from './table/db.ts';
import { ProgressBar } from './terminal/progress-bar.ts';

/** Copies the database file of the gateway, which does not run, into PostgreSQL. */
export const runDb: RunCommand = async (args) => {
  const { values } = readArguments(description, args);
  const { db } = openConfig(values.config).config;
  const path = expandPath(db.path);
  if (db.url === undefined)
    throw new StartError(
      'there is nothing to copy into: set db.url (HOTPLEX_DB_URL) to a PostgreSQL database',
    );
  if (!existsSync(path))
    throw new StartError(`there is no database ${path}: name the gateway’s with --config or HOTPLEX_DB_PATH`);
  const bar = new ProgressBar(process.stderr, 'copying');
  const { place, tables } = await copyIntoPostgres(path, db.url, (share) => bar.show(share)).finally(() =>
    bar.end(),
  );
  const rows = sum(tables.map((table) => table.rows));
  if (values.json) console.log(JSON.stringify({ from: path, to: place, rows, tables }));
  else {
    for (const { table, rows: count } of tables) console.log(`${String(count).padStart(10)}  ${table}`);
    console.log(
      `${rows} rows are copied from ${path} to ${place}, and every one of them is the same there. The gateway works with it as long as db.url is set; keep the file until you trust that.`,
    );
  }
  return 0;
};
