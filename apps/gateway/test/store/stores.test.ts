import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { eventRecord, sessionRecord, storeContract } from '../contracts/store-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'hotplex-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `${files++}.db`);

storeContract('memory', async () => new MemoryStore());
storeContract('sqlite', () => openSqliteStore({ path: newFile() }));

describe('the database file', () => {
  test('[G1] what was stored is there after closing and opening; only its user may read it', async () => {
    const path = newFile();
    const store = await openSqliteStore({ path });
    store.create(sessionRecord('a'), { events: [eventRecord(1)] });
    store.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = await openSqliteStore({ path });
    expect(again.events('a', 0, 5)).toEqual([eventRecord(1)]);
    again.close();
  });

  test('[G12] garbage, an empty file and a foreign database are refused and left as they are', async () => {
    const garbage = newFile();
    writeFileSync(garbage, 'not a database, but long enough to look like something '.repeat(50));
    const empty = newFile();
    writeFileSync(empty, '');
    const foreign = newFile();
    new Database(foreign).exec('CREATE TABLE t (x)').close();
    for (const [path, message] of [
      [garbage, /not a sound database/],
      [empty, /is empty/],
      [foreign, /not a HotPlex database/],
    ] as const) {
      const before = readFileSync(path);
      await expect(openSqliteStore({ path })).rejects.toThrow(message);
      expect(readFileSync(path)).toEqual(before);
    }
  });

  test('[G12] a newer database and a second gateway are refused', async () => {
    const path = newFile();
    const store = await openSqliteStore({ path });
    await expect(openSqliteStore({ path })).rejects.toThrow(/another gateway uses/);
    store.close();
    const newer = newFile();
    copyFileSync(path, newer);
    const database = new Database(newer);
    database.pragma('user_version = 99');
    database.close();
    await expect(openSqliteStore({ path: newer })).rejects.toThrow(/newer HotPlex/);
  });

  test('[G11] a full disk refuses what is new, loses nothing and heals when there is room', async () => {
    const path = newFile();
    const store = await openSqliteStore({ path, maxPages: 60 });
    store.create(sessionRecord('a'));
    const big = JSON.stringify({ text: 'x'.repeat(20_000) });
    let stored = 0;
    const fill = () => {
      for (; stored < 1_000; stored++) store.commit('a', { events: [eventRecord(stored + 1, big)] }, 2);
    };
    expect(fill).toThrowError(expect.objectContaining({ code: 'GATEWAY_OVERLOAD' }));
    expect(stored).toBeGreaterThan(0);
    expect(store.find('a')?.lastSeq).toBe(stored);
    expect(store.events('a', 0, 1_000)).toHaveLength(stored);
    store.close();
    const roomy = await openSqliteStore({ path });
    roomy.commit('a', { events: [eventRecord(stored + 1, big)] }, 3);
    expect(roomy.find('a')?.lastSeq).toBe(stored + 1);
    roomy.close();
  });
});
