/** One value of a statement; a list becomes an array of PostgreSQL. */
export type Value = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** SQL with `$1`, `$2` … for its values. */
export type Statement = { text: string; values?: readonly Value[] };

/**
 * Work on a PostgreSQL database that is done when the call returns. Throws GatewayError: GATEWAY_OVERLOAD when it cannot
 * be reached, takes too long or refuses for lack of room, INTERNAL_ERROR otherwise. What PostgreSQL counts (`bigint`,
 * `numeric`) comes back as numbers, JSON is in columns of text. Text has no NUL in PostgreSQL: it is stored as U+FFFD.
 */
export interface PostgresAccess {
  /** The rows of one statement; sent again if the connection is lost meanwhile, so it must not change anything. */
  read<Row>(statement: Statement): Row[];
  /** All of them in one transaction and one round trip; the rows of each. Nothing is stored if it throws. */
  write<Row>(statements: readonly Statement[]): Row[][];
  close(): void;
}
