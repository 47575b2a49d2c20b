import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createProcessTable } from '../../src/process/process-table.ts';
import { startFake } from './start-fake.ts';

test('reads a process whose name looks like the fields that follow it', async () => {
  const root = await mkdtemp(join(tmpdir(), 'process-table-'));
  await mkdir(join(root, '4711'));
  const stat = '4711 (a) Z 9 (b) S 12 34 56 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 987654321 8000 100';
  await writeFile(join(root, '4711', 'stat'), stat);
  await mkdir(join(root, '4712'));
  await mkdir(join(root, 'self'));
  const expected = { pid: 4711, parent: 12, group: 34, session: 56, startTime: '987654321', zombie: false };
  expect(await createProcessTable(root).list()).toEqual([expected]);
  await rm(root, { recursive: true });
});

test('knows a child, its group and session, and the whole variables it was started with', async () => {
  const table = createProcessTable();
  await using fake = startFake('forever', { env: { SHIP: 'enterprise' } });
  await fake.line(0);
  expect(table.find(fake.pid)).toMatchObject({ parent: process.pid, group: fake.pid, session: fake.pid });
  expect(await table.list()).toContainEqual(table.find(fake.pid));
  expect(table.wasStartedWith(fake, 'SHIP=enterprise')).toBe(true);
  expect(table.wasStartedWith(fake, 'SHIP=enter')).toBe(false);
  expect(table.wasStartedWith(fake, 'HIP=enterprise')).toBe(false);
});

test('who asks together shares one look; who asks while it is under way gets one that begins later', async () => {
  const table = createProcessTable();
  const [first, together] = [table.list(), table.list()];
  expect(await together).toBe(await first);
  const underWay = table.list();
  // Begun, and in the middle of /proc.
  await Promise.resolve();
  await using fake = startFake('forever', { env: { SHIP: 'enterprise' } });
  await fake.line(0);
  const later = table.list();
  expect(await later).not.toBe(await underWay);
  const found = (await later).find(({ pid }) => pid === fake.pid);
  expect(found && table.wasStartedWith(found, 'SHIP=enterprise')).toBe(true);
});

test('[G8] [G11] a process that has no file descriptor left does not take others for gone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'out-of-files-'));
  const program = fileURLToPath(new URL('out-of-files.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(
    '/bin/sh',
    ['-c', 'ulimit -n 60 && exec "$0" "$@"', process.execPath, program, folder],
    { env: { SHIP: 'enterprise' } },
  );
  const seen = JSON.parse(stdout) as Record<string, boolean>;
  expect(Object.entries(seen).filter(([, isTrue]) => !isTrue)).toEqual([]);
  await rm(folder, { recursive: true });
});

test('is empty where there is no /proc', async () => {
  const table = createProcessTable('/nowhere');
  expect(await table.list()).toEqual([]);
  expect(table.find(1)).toBeUndefined();
  expect(table.wasStartedWith({ pid: 1 }, 'A=b')).toBe(false);
});
