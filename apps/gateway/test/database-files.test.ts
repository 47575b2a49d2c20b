import { statfsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { databaseFreeBytes, hasRoom } from '../src/database-files.ts';

test('a disk that does not tell what is free is not full', () => {
  const path = '/nowhere/at/all/hotplex.db';
  expect(databaseFreeBytes(path)).toBeUndefined();
  expect(hasRoom(path)).toBe(true);
});

test.runIf(process.platform === 'linux')('a file system that says that it has no blocks is not full', () => {
  const path = '/proc/self/hotplex.db';
  expect(statfsSync('/proc/self').blocks).toBe(0);
  expect(databaseFreeBytes(path)).toBeUndefined();
  expect(hasRoom(path)).toBe(true);
});
