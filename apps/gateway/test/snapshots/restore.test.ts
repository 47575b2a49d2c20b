import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createIds } from '../../src/ground/ids.ts';
import { readEntry } from '../../src/snapshots/read-entry.ts';
import { putBack, readReal } from '../../src/snapshots/restore.ts';

function makeWorkDir() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hotplex-restore-')));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const workDir = join(root, 'work');
  mkdirSync(workDir);
  return { root, workDir };
}

test('[F3] an agent that puts a link where the draft lies does not set the mode of what it leads to', () => {
  const { root, workDir } = makeWorkDir();
  const outside = join(root, 'outside');
  writeFileSync(outside, 'private', { mode: 0o600 });
  // The worst moment: the draft is written, and its mode is asked for.
  const strike = () => {
    const [draft = ''] = readdirSync(workDir);
    rmSync(join(workDir, draft));
    symlinkSync(outside, join(workDir, draft));
    return 0o755;
  };
  const mode = { valueOf: strike } as unknown as number;
  putBack({ workDir, path: 'a', now: undefined }, { content: Buffer.from('x'), mode, ids: createIds() });
  expect(statSync(outside).mode & 0o777).toBe(0o600);
});

test('reads no more than it may, whatever size a file says it has', () => {
  const { workDir } = makeWorkDir();
  writeFileSync(join(workDir, 'a'), '12345');
  expect(readReal({ workDir, path: 'a', maxBytes: 5 })?.toString()).toBe('12345');
  expect(readReal({ workDir, path: 'a', maxBytes: 4 })).toBeUndefined();
  // It says that it is empty, as one that grows did a moment ago (man 5 proc).
  expect(readReal({ workDir: '/proc/sys/kernel', path: 'ostype', maxBytes: 100 })).toBeUndefined();
});

test('what is no plain file by the time it is open is not read', async () => {
  const { workDir } = makeWorkDir();
  writeFileSync(join(workDir, 'a'), '1');
  const stats = lstatSync(join(workDir, 'a'));
  rmSync(join(workDir, 'a'));
  execFileSync('mkfifo', [join(workDir, 'a')]);
  const kept: Uint8Array[] = [];
  const folder = { at: (name: string) => join(workDir, name) };
  const found = { path: 'a', name: 'a', folder, stats, known: undefined };
  const entry = await readEntry(found, {
    ...{ workDir, before: new Map(), limits: { maxFiles: 1, maxFileBytes: 10, timeoutMs: 1 } },
    ...{ cutoff: () => Number.POSITIVE_INFINITY, now: () => 0, elapsed: () => 0, isSecret: () => false },
    async keep(content) {
      kept.push(content);
      return 'held';
    },
  });
  expect(entry).toMatchObject({ sha256: null, why: 'unreadable' });
  expect(kept).toEqual([]);
});
