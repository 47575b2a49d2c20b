import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock as clock } from '../../../src/ground/clock.ts';
import { createIds } from '../../../src/ground/ids.ts';
import { createSpawnProcess } from '../../../src/process/spawn-process.ts';
import { createAcp } from '../../../src/worker/acp/definition.ts';
import { refusalOf } from '../../../src/worker/opencode/foreign-code.ts';
import { createOpenCodeCli } from '../../../src/worker/opencode-cli/definition.ts';
import { createOpenCodeServer } from '../../../src/worker/opencode-server/definition.ts';
import type { Exit, WorkerDefinition } from '../../../src/worker/worker.ts';

let home: string;
let workDir: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'foreign-'));
  workDir = join(home, 'projects', 'app');
  mkdirSync(workDir, { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(folder: string, kind: string): void {
  const path = join(folder, '.opencode', kind);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'theirs.ts'), '');
}

test.each(['plugin', 'plugins', 'tool', 'tools'])(
  '[D1] code in .opencode/%s of a work dir is named',
  (kind) => {
    put(workDir, kind);
    expect(refusalOf(workDir, home)).toContain(join(workDir, '.opencode', kind));
  },
);

test('[D1] above the work dir too, but not in the operator’s own home', () => {
  put(home, 'plugin');
  expect(refusalOf(workDir, home)).toBeUndefined();
  put(join(home, 'projects'), 'plugin');
  expect(refusalOf(workDir, home)).toContain(join(home, 'projects', '.opencode', 'plugin'));
});

test('[D1] an empty folder is no code: it may keep the place of one', () => {
  mkdirSync(join(workDir, '.opencode', 'plugin'), { recursive: true });
  expect(refusalOf(workDir, home)).toBeUndefined();
});

test.each(['opencode_server', 'opencode_cli', 'acp'])('[D1] %s does not start there', async (type) => {
  put(workDir, 'plugin');
  // A program that would be started, so that a missing one is not the reason.
  const given = {
    spawn: createSpawnProcess({ clock }),
    clock,
    ids: createIds(),
    environment: { HOME: home },
  };
  const definitions: Record<string, WorkerDefinition> = {
    opencode_server: createOpenCodeServer({ ...given, command: process.execPath }),
    opencode_cli: createOpenCodeCli({ ...given, command: process.execPath }),
    acp: createAcp({ ...given, agents: { opencode: { command: process.execPath } } }),
  };
  const exit = await new Promise<Exit>((onExit) => {
    definitions[type]?.start({ workDir, config: { agent: 'opencode' } }, { onEvents() {}, onExit });
  });
  expect(exit).toMatchObject({
    reason: 'start-failed',
    message: expect.stringContaining('.opencode/plugin'),
  });
});
