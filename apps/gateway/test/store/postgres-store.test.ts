import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/ground/audit.ts';
import { systemClock as clock } from '../../src/ground/clock.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { ChainCheck } from '../../src/store/audit-chain.ts';
import { appendAudit } from '../../src/store/postgres/audit-table.ts';
import { connectPostgres } from '../../src/store/postgres/connect-postgres.ts';
import { copiedTables } from '../../src/store/postgres/copied-tables.ts';
import { openPostgresAccess } from '../../src/store/postgres/open-postgres-access.ts';
import { openPostgresDatabase } from '../../src/store/postgres/open-postgres-database.ts';
import type { PostgresAccess } from '../../src/store/postgres/postgres-access.ts';
import { createPostgresStore, openPostgresStore } from '../../src/store/postgres-store.ts';
import { storeContract } from '../contracts/store-contract.ts';
import { TestPostgres } from '../support/postgres.ts';
import { eventRecords, inputRecord, sessionRecord } from './support/records.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.remove());

const open = (url: string) => openPostgresStore({ url, clock });

describe('PostgreSQL store', () => {
  describe('on one connection', () => {
    let access: PostgresAccess;
    beforeAll(async () => {
      access = await openPostgresDatabase({ url: await postgres.emptyDatabase() });
    });
    afterAll(() => access.close());
    storeContract(async () => {
      access.write([
        // Not even a superuser empties the audit log by accident.
        { text: 'set local session_replication_role = replica' },
        { text: `truncate ${copiedTables.join(', ')}, passages, search_progress restart identity cascade` },
      ]);
      const lent: PostgresAccess = {
        read: (statement) => access.read(statement),
        write: (statements) => access.write(statements),
        close() {},
      };
      return createPostgresStore(lent, { clock, logger: silentLogger });
    });
  });

  it('makes its tables in an empty database, and keeps everything when it is opened again', async () => {
    const url = await postgres.emptyDatabase();
    const first = await open(url);
    first.create(sessionRecord(), { events: eventRecords(1, 3), inputs: [inputRecord('i')] });
    first.revokeToken('jti', 5_000);
    expect(first.bytes()).toBeGreaterThan(1_000_000);
    first.close();
    const second = await open(url);
    expect(second.events('session-1', 0, 10)).toEqual(eventRecords(1, 3));
    expect(second.inputs('session-1', ['queued'])).toEqual([inputRecord('i')]);
    expect(second.isRevoked('jti')).toBe(true);
    second.close();
  });

  const entry = (actor: string): AuditEntry => ({
    ...{ actor, sessionId: null, action: 'permission', decision: 'allow', reason: null, inputHash: null },
    ...{ rules: ['N1'] },
  });

  it('[L1] has one audit chain for all who write at the same time, whatever stands in a record', async () => {
    const url = await postgres.database();
    const store = await open(url);
    const others = await Promise.all([1, 2].map(() => openPostgresAccess({ url, lock: 'beside' })));
    const odd = ['"\\\b\u2028', 'nul \0', 'half \ud800', '\u{1f600} 中文', ''];
    for (const actor of odd) {
      store.recordAudit(entry(actor), 7);
      for (const other of others) other.write([appendAudit([entry(actor), entry('second')], 8)]);
    }
    const records = store.auditAfter(0, 100);
    const check = new ChainCheck();
    expect(records.map((record) => check.problemOf(record)).filter(Boolean)).toEqual([]);
    expect(records).toHaveLength(5 * odd.length);
    expect(() => others[0]?.write([{ text: `update audit set actor = 'x'` }])).toThrow();
    for (const each of [...others, store]) each.close();
  });

  it('[L1] of transactions that overlap, the one that comes second chains itself to the first', async () => {
    const url = await postgres.database();
    const [first, second] = await Promise.all(
      [1, 2].map(() => connectPostgres({ url, connectMs: 5_000, statementMs: 0 })),
    );
    const append = (client: typeof first, actor: string) => {
      const { text, values = [] } = appendAudit([entry(actor)], 7);
      return client?.query({ text, values: [...values] });
    };
    await first?.query('begin');
    await append(first, 'a');
    // It looks for the last record while there is none that it could see.
    const later = append(second, 'b');
    await first?.query('commit');
    await later;
    for (const client of [first, second]) await client?.end();
    const store = await open(url);
    const check = new ChainCheck();
    const records = store.auditAfter(0, 9);
    expect(records.map(({ actor }) => actor)).toEqual(['a', 'b']);
    expect(records.map((record) => check.problemOf(record))).toEqual([undefined, undefined]);
    store.close();
  });
});
