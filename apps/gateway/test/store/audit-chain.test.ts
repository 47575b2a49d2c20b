import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { ChainCheck } from '../../src/store/audit-chain.ts';
import { connectSqlite } from '../../src/store/sqlite/connect-sqlite.ts';
import { readAudit } from '../../src/store/sqlite/read-audit.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** A database with five records, and somebody who can write to its file. */
async function openTampered() {
  const path = join(temporaryFolder(), 'hotplex.db');
  const store = await openSqliteStore({ path, clock: systemClock });
  for (let number = 1; number <= 5; number += 1) {
    const entry = { actor: `user ${number}`, sessionId: null, action: 'permission', rules: [] };
    store.recordAudit({ ...entry, decision: 'deny', reason: 'answered', inputHash: null }, number);
  }
  store.close();
  return { path, file: connectSqlite(path) };
}

function problemsOf(path: string): (string | undefined)[] {
  const check = new ChainCheck();
  return [...readAudit(path)].map((record) => check.problemOf(record));
}

test('[L1] the database itself refuses to change or remove a record', async () => {
  const { path, file } = await openTampered();
  expect(() => file.exec("update audit set decision = 'allow'")).toThrow(/append-only/);
  expect(() => file.exec('delete from audit')).toThrow(/append-only/);
  file.close();
  expect(problemsOf(path)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test.each([
  ["update audit set decision = 'allow' where position = 3", 'record 3 is not as it was written'],
  ['update audit set time = 9 where position = 3', 'record 3 is not as it was written'],
  ['update audit set rules = \'["N1"]\' where position = 3', 'record 3 is not as it was written'],
  ["update audit set hash = '0' where position = 3", 'record 3 is not as it was written'],
  ['delete from audit where position = 3', 'record 3 is missing: record 4 follows'],
  ['update audit set previous = hash where position = 3', 'record 3 does not follow the one before it'],
])('[L1] who gets around that is found out: %s', async (statement, problem) => {
  const { path, file } = await openTampered();
  file.exec('drop trigger audit_is_not_changed; drop trigger audit_is_not_removed');
  file.exec(statement);
  file.close();
  expect(problemsOf(path).find((found) => found !== undefined)).toBe(problem);
});
