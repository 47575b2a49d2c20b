import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { namedSessions } from '../../src/store/migrations/0009-named-sessions.ts';
import { usageByDay } from '../../src/store/migrations/0012-usage-by-day.ts';
import { workByDay } from '../../src/store/migrations/0018-work-by-day.ts';
import { migrate } from '../../src/store/migrations/migrate.ts';
import { connectSqlite } from '../../src/store/sqlite/connect-sqlite.ts';
import { applicationId } from '../../src/store/sqlite/schema-identity.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { eventRecord, sessionRecord } from './support/records.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const open = (path: string) => openSqliteStore({ path, clock: systemClock });
const newPath = () => join(temporaryFolder(), 'hotplex.db');

/** Takes a step once more in a database that has taken all of them, after it was undone. */
async function takeAgain(path: string, step: Record<string, Migration>, undo: string): Promise<void> {
  const connection = connectSqlite(path);
  connection.exec(
    `${undo}; create table taken as select * from kysely_migration; delete from kysely_migration`,
  );
  await migrate(connection, step);
  connection.exec(
    `delete from kysely_migration; insert into kysely_migration select * from taken; drop table taken`,
  );
  connection.close();
}

describe('schema', () => {
  it('a first start that died half-way does not stop the next one', async () => {
    const path = newPath();
    writeFileSync(`${path}.new`, 'half of a database');
    (await open(path)).close();
    expect(readdirSync(dirname(path)).sort()).toEqual(['hotplex.db', 'hotplex.db.lock']);
  });

  it('a database that is behind is brought up to date', async () => {
    const path = newPath();
    writeFileSync(path, '');
    const empty = connectSqlite(path);
    empty.exec(
      `pragma application_id = ${applicationId};
       create table kysely_migration (name varchar(255) primary key not null, timestamp varchar(255) not null)`,
    );
    empty.close();
    const store = await open(path);
    store.create(sessionRecord());
    expect(store.find('session-1')).toEqual(sessionRecord());
    store.close();
    (await open(path)).close();
  });

  it('[S7] which sessions have a name of their own is taken from their logs', async () => {
    const path = newPath();
    const store = await open(path);
    const running = eventRecord(1, { type: 'state', data: '{"state":"running"}' });
    const title = (seq: number, turnId: string | null) =>
      eventRecord(seq, { type: 'session.title', turnId, data: '{"title":"t"}' });
    const logs = {
      'by its first prompt': [running, title(2, null)],
      'by its agent': [running, title(2, null), title(3, 'turn_1')],
      'by a person': [running, title(2, null), title(3, null)],
      'when it was made': [running],
    };
    for (const [id, events] of Object.entries(logs))
      store.create(sessionRecord({ id, title: 't' }), { events });
    store.create(sessionRecord({ id: 'not at all' }));
    store.close();
    await takeAgain(path, { namedSessions }, 'alter table sessions drop column is_named');
    const migrated = await open(path);
    const named = [...Object.keys(logs), 'not at all'].filter((id) => migrated.find(id)?.isNamed);
    expect(named).toEqual(['by its agent', 'by a person', 'when it was made']);
    migrated.close();
  });

  it('steps that fail half-way change nothing', async () => {
    const path = newPath();
    writeFileSync(path, '');
    const connection = connectSqlite(path);
    const tables = () => connection.prepare('select name from sqlite_schema').pluck().all();
    const step = (statement: string): Migration => ({
      up: async (database) => void (await sql.raw(statement).execute(database)),
    });
    const works = step('create table kept (x)');
    await expect(migrate(connection, { '1': works, '2': step('create nonsense') })).rejects.toThrow(
      /nonsense/,
    );
    expect(tables()).toEqual([]);
    await migrate(connection, { '1': works, '2': step('create table also_kept (x)') });
    expect(tables()).toEqual(expect.arrayContaining(['kept', 'also_kept']));
    connection.close();
  });

  it('what turns took is counted from the logs that are there, a fork’s copies not once more', async () => {
    const path = newPath();
    const before = await open(path);
    const done = (id: string, data: object) =>
      eventRecord(1, {
        id,
        type: 'done',
        timestamp: Date.parse('2026-11-27T23:59:59Z'),
        data: JSON.stringify(data),
      });
    before.create(sessionRecord());
    before.commit(
      'session-1',
      {
        events: [done('evt_1', { success: true, stats: { cost_usd: 0.5, duration_ms: 2_000, model: 'm' } })],
      },
      1,
    );
    before.fork(sessionRecord({ id: 'session-2', lastSeq: 1 }), 'session-1', {});
    before.create(sessionRecord({ id: 'session-3' }));
    before.commit('session-3', { events: [done('evt_2', { success: false })] }, 1);
    before.close();
    await takeAgain(path, { usageByDay, workByDay }, 'drop table usage_by_day');
    const after = await open(path);
    const nothing = { inputTokens: null, outputTokens: null };
    expect(after.usage({ from: '2026-11-27', to: '2026-11-27', by: 'model' })).toEqual([
      { day: '2026-11-27', name: null, turns: 1, costUsd: null, workMs: null, ...nothing },
      { day: '2026-11-27', name: 'm', turns: 1, costUsd: 0.5, workMs: 2_000, ...nothing },
    ]);
    after.close();
  });
});
