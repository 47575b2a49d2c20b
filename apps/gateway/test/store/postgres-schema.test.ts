import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StartError } from '../../src/ground/start-error.ts';
import { migrate, ours } from '../../src/store/migrations/migrate.ts';
import { migratePostgres } from '../../src/store/migrations/migrate-postgres.ts';
import { connectPostgres } from '../../src/store/postgres/connect-postgres.ts';
import { preparePostgres } from '../../src/store/postgres/open-postgres-database.ts';
import { postgresMigrationNames } from '../../src/store/postgres/schema-identity.ts';
import { connectSqlite, type SqliteConnection } from '../../src/store/sqlite/connect-sqlite.ts';
import { TestPostgres } from '../support/postgres.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** What only SQLite has: its index of words, and what has to be wiped from it. */
const ofSqliteAlone = /^(passage_index|pending_wipes|sqlite_)/;
/** What only PostgreSQL has, with the columns; SQLite numbers the rows of every such table by itself. */
const ofPostgresAlone = ['passages.signature bit', 'push_devices.position bigint'];

const typeNames: Record<string, string> = { INTEGER: 'bigint', REAL: 'double precision', TEXT: 'text' };

/** The columns of all tables, as `table.column type`, with `not null` where it is. */
function columnsOfSqlite(connection: SqliteConnection): string[] {
  const rows = connection
    .prepare<[], { table: string; column: string; type: string; required: number; key: number }>(
      `select t.name as "table", c.name as "column", c.type, c."notnull" as required, c.pk as key
       from sqlite_schema t join pragma_table_info(t.name) c where t.type = 'table'`,
    )
    .all();
  return rows
    .filter(({ table }) => !ofSqliteAlone.test(table) && !table.startsWith('kysely_'))
    .map(({ table, column, type, required, key }) =>
      [`${table}.${column}`, typeNames[type], required || key ? 'not null' : ''].join(' ').trim(),
    )
    .toSorted();
}

describe('schema on PostgreSQL', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await TestPostgres.start();
  });
  afterAll(() => server.remove());
  const nameOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);

  function columnsOfPostgres(url: string): string[] {
    return server
      .sql(
        nameOf(url),
        `select table_name || '.' || column_name || ' ' || data_type || case is_nullable when 'NO' then ' not null' else '' end
         from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'`,
      )
      .filter((column) => !ofPostgresAlone.some((alone) => column.startsWith(alone)))
      .toSorted();
  }

  it('has the same tables and columns as on SQLite after each step', async () => {
    const path = join(temporaryFolder(), 'hotplex.db');
    writeFileSync(path, '');
    const sqlite = connectSqlite(path);
    const url = await server.emptyDatabase();
    const client = await connectPostgres({ url, connectMs: 5_000, statementMs: 0 });
    const names = Object.keys(ours).toSorted();
    for (let taken = 1; taken <= names.length; taken += 1) {
      const steps = Object.fromEntries(Object.entries(ours).filter(([name]) => names.indexOf(name) < taken));
      await migrate(sqlite, steps);
      await migratePostgres(client, url, steps);
      expect(columnsOfPostgres(url), names[taken - 1]).toEqual(columnsOfSqlite(sqlite));
    }
    await client.end();
    sqlite.close();
  });

  it('[G12] of several gateways that start at once one makes it, and the others wait', async () => {
    const url = await server.emptyDatabase();
    await Promise.all([1, 2, 3].map(() => preparePostgres(url)));
    expect(server.sql(nameOf(url), 'select count(*) from kysely_migration')).toEqual([
      String(postgresMigrationNames.length),
    ]);
  });

  it('of a newer version is refused, and left as it is', async () => {
    const url = await server.database();
    server.sql(nameOf(url), `insert into kysely_migration values ('9999-later', 'now')`);
    await expect(preparePostgres(url)).rejects.toThrow(StartError);
    await expect(preparePostgres(url)).rejects.toThrow(/newer HotPlex \(schema 9999-later\)/);
  });

  it('may be in a schema of its own, beside that of another gateway', async () => {
    const url = await server.database();
    server.sql(nameOf(url), 'create schema second');
    await preparePostgres(`${url}?options=-csearch_path%3Dsecond`);
    expect(server.sql(nameOf(url), 'select count(*) from second.sessions')).toEqual(['0']);
  });

  it('[L1] the audit log is append-only there, too', async () => {
    const name = nameOf(await server.database());
    server.sql(
      name,
      `insert into audit (position, time, action, decision, rules, previous, hash) values (1, 1, 'a', 'allow', '[]', '', '')`,
    );
    for (const change of ['update audit set action = $$b$$', 'delete from audit', 'truncate audit'])
      expect(() => server.sql(name, change)).toThrow(/append-only/);
  });
});
