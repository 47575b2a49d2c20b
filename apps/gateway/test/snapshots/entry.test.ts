import { expect, test } from 'vitest';
import { type Entry, isBeingWritten, isSame, isUntouched } from '../../src/snapshots/entry.ts';

const known: Entry = { size: 3, mtimeMs: 1, ctimeMs: 1, ino: 7, mode: 0o644, sha256: 'a' };

test('a file is untouched only if nothing about it is other, and not if it was too young to tell', () => {
  expect(isUntouched(known, known)).toBe(true);
  for (const other of [{ size: 4 }, { mtimeMs: 2 }, { ctimeMs: 2 }, { ino: 8 }])
    expect(isUntouched(known, { ...known, ...other }), JSON.stringify(other)).toBe(false);
  expect(isUntouched({ ...known, isYoung: true }, known)).toBe(false);
});

test('a file that was cut off but not yet stamped is being written', () => {
  expect(isBeingWritten(known, { ...known, size: 0 })).toBe(true);
  expect(isBeingWritten(known, { ...known, size: 0, ctimeMs: 2 })).toBe(false);
  expect(isBeingWritten(known, { ...known, size: 0, ino: 8 })).toBe(false);
});

test('content, and the right to run it, make two files the same; times where the content is not held', () => {
  expect(isSame(known, { ...known, mtimeMs: 2, ino: 8, mode: 0o600 })).toBe(true);
  expect(isSame(known, { ...known, mode: 0o755 })).toBe(false);
  expect(isSame({ ...known, sha256: null }, { ...known, sha256: null, mtimeMs: 2 })).toBe(false);
  expect(isSame(undefined, known)).toBe(false);
  expect(isSame(undefined, undefined)).toBe(true);
});
