import { StartError } from '../../ground/start-error.ts';
import type { SqliteConnection } from '../sqlite/connect-sqlite.ts';
import { type CopiedTable, copiedTables } from './copied-tables.ts';
import { digestOf, insertRows, type Query, sourceRows, targetRows } from './copy-table.ts';

/** A table that is the same on both sides. */
export type TableCopy = { table: string; rows: number; sha256: string };

type CopyOptions = {
  /** Nobody writes to it meanwhile. */
  source: SqliteConnection;
  /** Of one transaction on a database that has our tables: nothing is copied if this throws. */
  query: Query;
  /** How the target is called in what is said of it. */
  place: string;
  /** Hears how much is done, from 0 to 1. */
  progress?(share: number): void;
};

/**
 * Copies all that a SQLite database keeps into an empty one of PostgreSQL, and compares every row of both. Throws
 * StartError if the target is not empty, or is not the same afterwards.
 */
export async function copyDatabase({
  source,
  query,
  place,
  progress = () => {},
}: CopyOptions): Promise<TableCopy[]> {
  await refuseFilled(query, place);
  const tables = await Promise.all(copiedTables.map((name) => describeTable(source, { query, name })));
  const countIn = (name: string) => Number(source.prepare(`select count(*) from ${name}`).pluck().get());
  // Each row is written once and read twice to be compared.
  const steps = tables.reduce((sum, { name }) => sum + countIn(name), 0) * 3;
  let done = 0;
  const advance = (rows: number) => {
    done += rows;
    progress(done / steps);
  };
  for (const table of tables) {
    if (table.name === 'agent_conversations') await query(`delete from ${table.name}`);
    await insertRows(query, table, { rows: sourceRows(source, table), progress: advance });
    await continueNumbers(query, table);
  }
  const copies: TableCopy[] = [];
  for (const table of tables) {
    const before = await digestOf(sourceRows(source, table), () => advance(1));
    const after = await digestOf(targetRows(query, table), () => advance(1));
    if (before.rows !== after.rows || before.sha256 !== after.sha256)
      throw new StartError(
        `the table ${table.name} is not the same on both sides (${before.rows} rows here, ${after.rows} at ${place}): nothing was copied; run it again`,
      );
    copies.push({ table: table.name, ...after });
  }
  return copies;
}

async function refuseFilled(query: Query, place: string): Promise<void> {
  for (const table of copiedTables) {
    const [row] = await query<{ filled: boolean }>(`select exists (select 1 from ${table}) as filled`);
    if (row?.filled)
      throw new StartError(
        `the database at ${place} is not empty (there is something in ${table}): copy into a new one, such as createdb makes`,
      );
  }
}

/** The columns that SQLite has, which all have to be there; others there have defaults. */
async function describeTable(
  source: SqliteConnection,
  { query, name }: { query: Query; name: string },
): Promise<CopiedTable> {
  const here = source.prepare<[], { name: string; pk: number }>(`pragma table_info(${name})`).all();
  const there = await query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = current_schema() and table_name = $1`,
    [name],
  );
  const columns = here.map((column) => {
    const type = there.find((other) => other.name === column.name)?.type;
    if (type === undefined) throw new Error(`${name}.${column.name} has no place in PostgreSQL`);
    return { name: column.name, type };
  });
  const key = here.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  return { name, columns, key: key.map((column) => column.name) };
}

/** What the database numbers itself goes on behind what was copied. */
async function continueNumbers(query: Query, { name, columns }: CopiedTable): Promise<void> {
  for (const { name: column } of columns) {
    const [found] = await query<{ sequence: string | null }>(
      'select pg_get_serial_sequence($1, $2) as sequence',
      [name, column],
    );
    if (found?.sequence)
      await query(`select setval($1, coalesce(max(${column}), 1), max(${column}) is not null) from ${name}`, [
        found.sequence,
      ]);
  }
}
