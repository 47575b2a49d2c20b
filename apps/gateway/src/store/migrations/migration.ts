import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { inPostgres } from './in-postgres.ts';

/**
 * One statement of a step, as SQLite takes it. PostgreSQL gets the same with its own names of types, unless it needs
 * something else; what is left out for one of them is nothing to that one.
 */
export type SchemaStatement = string | { sqlite?: string; postgres?: string };

/** A step of the schema, for either kind of database. */
export function migration(statements: readonly SchemaStatement[]): Migration {
  return {
    async up(database) {
      for (const statement of statements) {
        const text = textFor(database, statement);
        if (text !== undefined) await sql.raw(text).execute(database);
      }
    },
  };
}

function textFor(database: Kysely<unknown>, statement: SchemaStatement): string | undefined {
  const isPostgres = database.getExecutor().adapter instanceof PostgresAdapter;
  if (typeof statement === 'string') return isPostgres ? inPostgres(statement) : statement;
  return isPostgres ? statement.postgres : statement.sqlite;
}
