import { expect, test } from 'vitest';
import { hashOf } from '../../src/snapshots/blobs.ts';
import type { FileChange } from '../../src/snapshots/compare.ts';
import { type ContentOf, LineCountCache } from '../../src/snapshots/line-counts.ts';

const times = { size: 1, mtimeMs: 0, ctimeMs: 0, ino: 1, mode: 0o600 };

function added(path: string): FileChange {
  return { path, kind: 'added', before: undefined, after: { ...times, sha256: hashOf(Buffer.from(path)) } };
}

/** Each file has its path as its only line, and takes some time to be read. */
function openFiles(msEach = 0) {
  let now = 0;
  const read: string[] = [];
  const after: ContentOf = (_, path) => {
    now += msEach;
    read.push(path);
    return Buffer.from(path);
  };
  return { read, options: { contentOf: { before: () => undefined, after }, elapsed: () => now } };
}

test('files are counted for a second, and what is known is told however long it took', async () => {
  const counts = new LineCountCache();
  const changes = ['a', 'b', 'c', 'd', 'e', 'f'].map(added);
  const one = { added: 1, removed: 0 };
  const slow = openFiles(400);
  expect(await counts.ofAll(changes, slow.options)).toEqual([one, one, one, null, null, null]);
  expect(await counts.ofAll(changes, slow.options)).toEqual([one, one, one, one, one, one]);
  expect(slow.read).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('everybody else has their turn between two files', async () => {
  const { read, options } = openFiles();
  const readBefore: number[] = [];
  const look = () => {
    readBefore.push(read.length);
    if (read.length < 3) setImmediate(look);
  };
  setImmediate(look);
  await new LineCountCache().ofAll(['a', 'b', 'c'].map(added), options);
  expect(readBefore).toEqual(expect.arrayContaining([1, 2]));
});

test('forgets what it has known longest, and nothing else', async () => {
  const counts = new LineCountCache();
  const paths = Array.from({ length: 2_001 }, (_, index) => `file ${index}`);
  await counts.ofAll(paths.map(added), openFiles().options);
  const { read, options } = openFiles();
  await counts.ofAll(paths.slice(1).map(added), options);
  await counts.ofAll(paths.slice(0, 1).map(added), options);
  expect(read).toEqual(['file 0']);
});
