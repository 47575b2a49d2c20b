import type { Place } from './append-part.ts';

type Scalar = string | number | boolean | null;
export type ColumnType = 'text' | 'bigint' | 'boolean' | 'bit(4096)';

/** The types of columns, by the names that their values have here; `turnId` is the column `turn_id`. */
export type ColumnTypes<Row> = { readonly [Key in keyof Row & string]: ColumnType };

/**
 * Rows as a table that a statement can read, under the columns' names: each column is one parameter, so that the text
 * is the same for any number of rows. Their order is the column `nth`.
 */
export function givenRows<Row extends Record<keyof Row, Scalar>>(
  place: Place,
  rows: readonly Row[],
  types: ColumnTypes<Row>,
): string {
  const keys = keysOf(types);
  const lists = keys.map((key) => `${place(rows.map((row) => row[key]))}::${types[key]}[]`);
  return `unnest(${lists.join(', ')}) with ordinality as given (${keys.map(columnOf).join(', ')}, nth)`;
}

/** `a, b, c`, for a list of columns; each with what stands before it. */
export function columnList<Row>(types: ColumnTypes<Row>, before = ''): string {
  return keysOf(types)
    .map((key) => `${before}${columnOf(key)}`)
    .join(', ');
}

/** What an upsert sets: everything to what was to be inserted. */
export function excludedList<Row>(types: ColumnTypes<Row>): string {
  return keysOf(types)
    .map(columnOf)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ');
}

/** `turnFirstSeq` is the column `turn_first_seq`. */
export const columnOf = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function keysOf<Row>(types: ColumnTypes<Row>): (keyof Row & string)[] {
  // The keys of a type are those of its literal.
  return Object.keys(types) as (keyof Row & string)[];
}
