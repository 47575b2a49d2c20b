import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock as clock } from '../../../src/ground/clock.ts';
import { createSpawnProcess } from '../../../src/process/spawn-process.ts';
import { findClaude, install } from '../../../src/worker/claude-code/find-claude.ts';
import { createLocate } from '../../../src/worker/locate-program.ts';

const spawn = createSpawnProcess({ clock });
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'locate-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

test('[H7] configured path, then CLAUDE_BIN, then PATH', async () => {
  const claude = await program('claude', '');
  const other = await program('other', '');
  const environment = { PATH: folder, CLAUDE_BIN: other };
  expect(findClaude({ command: claude, environment })).toEqual({ path: claude });
  expect(findClaude({ environment })).toEqual({ path: other });
  expect(findClaude({ environment: { PATH: `/nonexistent:${folder}` } })).toEqual({ path: claude });
});

test('[D1] a relative folder of PATH or a relative path is never used', async () => {
  expect(findClaude({ environment: { PATH: '.:bin:' } })).toEqual({ reason: 'claude was not found in PATH' });
  expect(findClaude({ command: './claude', environment: {} })).toEqual({
    reason: './claude must be an absolute path',
  });
});

test('[D1] what may not be run, or is a folder, is no program', async () => {
  const file = join(folder, 'claude');
  await writeFile(file, '');
  expect(findClaude({ command: file, environment: {} })).toMatchObject({
    reason: expect.stringContaining(file),
  });
  expect(findClaude({ command: folder, environment: {} })).toHaveProperty('reason');
});

test('[H7] the version comes from the program, and is asked for once per file', async () => {
  const path = await program('claude', `echo x >> ${folder}/asked; echo '2.1.330 (Claude Code)'`);
  const locate = createLocate({
    find: () => findClaude({ command: path, environment: {} }),
    env: { PATH: '/bin:/usr/bin' },
    install,
    spawn,
    clock,
  });
  const found = { available: true, version: '2.1.330', path };
  expect(await Promise.all([locate(), locate()])).toEqual([found, found]);
  await program('claude', "echo '2.2.0 (Claude Code)'");
  expect(await locate()).toEqual({ ...found, version: '2.2.0' });
});

test('[H7] what is missing or broken is said, with the way to install it', async () => {
  const missing = createLocate({
    find: () => findClaude({ environment: { PATH: folder } }),
    env: {},
    install,
    spawn,
    clock,
  });
  expect(await missing()).toEqual({ available: false, reason: 'claude was not found in PATH', install });
  const broken = await program('broken', 'echo native binary not installed >&2; exit 1');
  const locate = createLocate({
    find: () => findClaude({ command: broken, environment: {} }),
    env: {},
    install,
    spawn,
    clock,
  });
  expect(await locate()).toEqual({ available: false, reason: 'native binary not installed', install });
});
