import {
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
import { putBack } from '../../src/snapshots/restore.ts';

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
