import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Room } from '../../src/snapshots/room.ts';
import { SnapshotLog } from '../../src/snapshots/snapshot-log.ts';
import { createManualClock } from '../support/manual-clock.ts';

function openLog() {
  const root = mkdtempSync(join(tmpdir(), 'hotplex-snapshot-log-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const clock = createManualClock();
  const path = join(root, 'snapshots.ndjson');
  const log = new SnapshotLog({ path, room: new Room(root, 10_000), clock });
  return { clock, log, path };
}

const index = new Map();

test('a log is read once as long as somebody asks for it', async () => {
  const { clock, log, path } = openLog();
  await log.append({ kind: 'start', name: null, at: 1, partial: null, index }, index);
  await log.append({ kind: 'turn', name: 'turn_1', at: 2, partial: null, index }, index);
  // Another content of the same size shows whether it is read.
  writeFileSync(path, ' '.repeat(statSync(path).size));
  expect((await log.lines()).map(({ kind }) => kind)).toEqual(['start', 'turn']);
  clock.advance(59_000);
  expect(await log.lines()).toHaveLength(2);
  clock.advance(60_000);
  expect(await log.lines()).toEqual([]);
});

test('a log that is there and cannot be read is no empty one', async () => {
  const { log, path } = openLog();
  expect(await log.lines()).toEqual([]);
  mkdirSync(path);
  await expect(log.lines()).rejects.toThrow('EISDIR');
});
