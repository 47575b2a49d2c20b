import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { connectSqlite } from '../../src/store/sqlite/connect-sqlite.ts';
import { toStoreError } from '../../src/store/sqlite/to-store-error.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { eventRecord, eventRecords, inputRecord, sessionRecord } from './support/records.ts';
import { smallDisks } from './support/small-disk.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

function failureOf(work: () => unknown): GatewayError {
  try {
    work();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe.each(Object.entries(smallDisks()))('full disk (%s)', (_, openOnSmallDisk) => {
  it('[G11] refuses what does not fit, keeps reading, and goes on by itself when there is room', async () => {
    const { store, makeRoom } = await openOnSmallDisk();
    store.create(sessionRecord());
    const data = JSON.stringify({ content: 'x'.repeat(10_000) });
    const commit = (seq: number) =>
      store.commit(
        'session-1',
        { events: [eventRecord(seq, { data })], inputs: [inputRecord(`${seq}`)] },
        seq,
      );

    let stored = 0;
    const fill = () => {
      for (; stored < 10_000; stored += 1) commit(stored + 1);
    };
    const failure = failureOf(fill);
    expect(failure).toMatchObject({ code: 'GATEWAY_OVERLOAD', retryable: true, message: /disk.*full/ });
    expect(failure.cause).toMatchObject({ code: 'SQLITE_FULL' });
    expect(stored).toBeGreaterThan(10);

    expect(store.find('session-1')?.lastSeq).toBe(stored);
    expect(store.events('session-1', 0, 10_000).map(({ seq }) => seq)).toEqual(
      Array.from({ length: stored }, (_unused, index) => index + 1),
    );
    expect(store.inputs('session-1', ['queued'])).toHaveLength(stored);
    expect(failureOf(() => commit(stored + 1)).code).toBe('GATEWAY_OVERLOAD');

    makeRoom();
    commit(stored + 1);
    expect(store.find('session-1')?.lastSeq).toBe(stored + 1);
  });
});

describe('a lock held by another program', () => {
  it('[G11] refuses writes with a code that says try again, keeps reading, and goes on when it is free', async () => {
    const path = join(temporaryFolder(), 'hotplex.db');
    const store = await openSqliteStore({ path, clock: systemClock });
    store.create(sessionRecord(), { events: eventRecords(1, 1) });
    const other = connectSqlite(path);
    other.exec('begin immediate');

    const failure = failureOf(() => store.commit('session-1', { events: eventRecords(2, 2) }, 2_000));
    expect(failure).toMatchObject({ code: 'GATEWAY_OVERLOAD', retryable: true });
    expect(failure.cause).toMatchObject({ code: 'SQLITE_BUSY' });
    expect(failureOf(() => store.revokeToken('jti', 1)).code).toBe('GATEWAY_OVERLOAD');
    expect(store.events('session-1', 0, 10)).toEqual(eventRecords(1, 1));

    other.exec('rollback');
    store.commit('session-1', { events: eventRecords(2, 2) }, 2_000);
    expect(store.find('session-1')?.lastSeq).toBe(2);
    other.close();
    store.close();
  });

  it('[L3] removes a session while somebody reads, and says that its text stays in the log a little longer', async () => {
    const path = join(temporaryFolder(), 'hotplex.db');
    const warnings: string[] = [];
    const logger = {
      debug() {},
      info() {},
      warn: (_: object, message: string) => warnings.push(message),
      error() {},
    };
    const store = await openSqliteStore({ path, clock: systemClock, logger });
    store.create(sessionRecord(), { events: eventRecords(1, 5) });
    const reader = connectSqlite(path, { readonly: true });
    reader.exec('begin; select * from events');
    store.remove('session-1');
    expect(store.find('session-1')).toBeUndefined();
    expect(warnings).toEqual(['deleted content stays in the log until the next checkpoint']);
    reader.close();
    store.close();
  });
});

describe('translation of failures', () => {
  const sqliteError = (code: string) => Object.assign(new Error('words of SQLite'), { code });

  it.each([
    ['SQLITE_FULL', 'GATEWAY_OVERLOAD'],
    ['SQLITE_IOERR_SHMSIZE', 'GATEWAY_OVERLOAD'],
    ['SQLITE_BUSY', 'GATEWAY_OVERLOAD'],
    ['SQLITE_BUSY_SNAPSHOT', 'GATEWAY_OVERLOAD'],
    ['SQLITE_LOCKED', 'GATEWAY_OVERLOAD'],
    ['SQLITE_IOERR_FSYNC', 'INTERNAL_ERROR'],
    ['SQLITE_CORRUPT', 'INTERNAL_ERROR'],
    ['SQLITE_CONSTRAINT_PRIMARYKEY', 'INTERNAL_ERROR'],
  ])('[G11] %s is %s, with its cause and without its words', (code, expected) => {
    const cause = sqliteError(code);
    const failure = toStoreError(cause);
    expect(failure).toMatchObject({ code: expected, cause });
    expect(failure.message).not.toContain('words of SQLite');
  });

  it('a closed store fails like everything else', async () => {
    const store = await openSqliteStore({ path: join(temporaryFolder(), 'hotplex.db'), clock: systemClock });
    store.close();
    expect(failureOf(() => store.find('session-1')).code).toBe('INTERNAL_ERROR');
    expect(failureOf(() => store.create(sessionRecord())).code).toBe('INTERNAL_ERROR');
  });
});
