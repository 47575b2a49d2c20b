import { createHash } from 'node:crypto';
import type { SqliteConnection } from '../sqlite/connect-sqlite.ts';
import type { CopiedTable, Row } from './copied-tables.ts';
import type { Value } from './postgres-access.ts';

/** Runs one statement of the transaction that copies. */
export type Query = <Found>(text: string, values?: readonly Value[]) => Promise<Found[]>;

/** Sent at once, and held in memory, at most. */
const batch = { rows: 1_000, characters: 4_000_000 };

/** The rows of a table as they have to stand in PostgreSQL, in the order of its key. */
export function* sourceRows(source: SqliteConnection, { name, columns, key }: CopiedTable): Generator<Row> {
  const names = columns.map((column) => column.name).join(', ');
  const rows = source.prepare<[], Row>(`select ${names} from ${name} order by ${key.join(', ')}`).raw();
  for (const row of rows.iterate()) {
    yield row.map((value, index) => {
      if (columns[index]?.type === 'boolean' && value !== null) return value !== 0;
      return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\u{fffd}') : value;
    });
  }
}

/** The same rows as they stand there. Text is sorted by its bytes, as SQLite does. */
export async function* targetRows(query: Query, { name, columns, key }: CopiedTable): AsyncGenerator<Row> {
  const isText = new Set(columns.filter(({ type }) => type === 'text').map((column) => column.name));
  const order = key.map((column) => (isText.has(column) ? `${column} collate "C"` : column)).join(', ');
  const values = columns.map((column) => column.name).join(', ');
  await query(`declare copied no scroll cursor for select ${values} from ${name} order by ${order}`);
  for (;;) {
    const page = await query<Record<string, Row[number]>>(`fetch ${batch.rows} from copied`);
    for (const row of page) yield columns.map((column) => row[column.name] ?? null);
    if (page.length < batch.rows) break;
  }
  await query('close copied');
}

/** Writes rows; `progress` hears of each batch. */
export async function insertRows(
  query: Query,
  { name, columns }: CopiedTable,
  { rows, progress }: { rows: Iterable<Row>; progress(rows: number): void },
): Promise<void> {
  const names = columns.map((column) => column.name).join(', ');
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
  const text = `insert into ${name} (${names}) overriding system value
    select ${names} from unnest(${arrays}) with ordinality as given (${names}, nth) order by nth`;
  for (const part of inBatches(rows)) {
    await query(
      text,
      columns.map((_, index) => part.map((row) => row[index] ?? null)),
    );
    progress(part.length);
  }
}

function* inBatches(rows: Iterable<Row>): Generator<Row[]> {
  let part: Row[] = [];
  let characters = 0;
  for (const row of rows) {
    part.push(row);
    for (const value of row) characters += typeof value === 'string' ? value.length : 0;
    if (part.length < batch.rows && characters < batch.characters) continue;
    yield part;
    part = [];
    characters = 0;
  }
  if (part.length > 0) yield part;
}

/** How many rows there are, and SHA-256 over all that stands in them; `progress` hears of each. */
export async function digestOf(
  rows: Iterable<Row> | AsyncIterable<Row>,
  progress: () => void = () => {},
): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const row of rows) {
    hash.update(`${JSON.stringify(row)}\n`);
    count += 1;
    progress();
  }
  return { rows: count, sha256: hash.digest('hex') };
}
