import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgresAccess } from '../../src/store/postgres/open-postgres-access.ts';
import { createSharedKeyTable } from '../../src/store/postgres/shared-key-table.ts';
import { TestPostgres } from '../support/postgres.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.remove());

it('[J7] a key is put there once, and replaced by who knows the one before', async () => {
  const access = await openPostgresAccess({ url: await postgres.database(), lock: 'beside' });
  const keys = createSharedKeyTable(access);
  const put = (before: string | undefined, sealed: string) =>
    keys.replaceKey('signing-key', { before, sealed, now: 1_000 });
  expect(keys.sealedKey('signing-key')).toBeUndefined();
  expect([put(undefined, 'a'), put(undefined, 'b'), keys.sealedKey('signing-key')]).toEqual([
    true,
    false,
    'a',
  ]);
  expect([put('b', 'c'), put('a', 'd'), put('a', 'e'), keys.sealedKey('signing-key')]).toEqual([
    ...[false, true, false, 'd'],
  ]);
  expect(keys.sealedKey('push-key')).toBeUndefined();
  access.close();
});
