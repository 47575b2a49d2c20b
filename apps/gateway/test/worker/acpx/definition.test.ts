import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionConfig } from '@hotplex/aep-protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock as clock } from '../../../src/ground/clock.ts';
import { createIds } from '../../../src/ground/ids.ts';
import { createSpawnProcess } from '../../../src/process/spawn-process.ts';
import { createAcpx } from '../../../src/worker/acpx/definition.ts';
import type { Exit } from '../../../src/worker/worker.ts';

let root: string;
let workDir: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'acpx-'));
  workDir = join(root, 'work');
  mkdirSync(workDir);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Starts it with programs that can be run, so that a missing one is never the reason. */
function start(config: SessionConfig, { command = process.execPath, agent = process.execPath } = {}) {
  const { start } = createAcpx({
    ...{ spawn: createSpawnProcess({ clock }), clock, ids: createIds(), environment: { HOME: root } },
    ...{ stateDir: join(root, 'state'), command },
    agents: { claude: { command: agent }, pi: { command: agent }, opencode: { command: agent } },
  });
  return new Promise<Exit>((onExit) => start({ workDir, config }, { onEvents() {}, onExit }));
}

const refused = (...words: string[]) => ({
  reason: 'start-failed',
  message: expect.stringMatching(new RegExp(words.join('.*'))),
});

test('[D1] a work dir that gives acpx commands to run is named', async () => {
  const mcpServers = [{ name: 'x', command: 'touch', args: [join(root, 'run')] }];
  writeFileSync(join(workDir, '.acpxrc.json'), JSON.stringify({ mcpServers }));
  expect(await start({})).toMatchObject(refused(join(workDir, '.acpxrc.json')));
});

test('[D1] code that the agent would run is named too', async () => {
  mkdirSync(join(workDir, '.opencode', 'plugin'), { recursive: true });
  writeFileSync(join(workDir, '.opencode', 'plugin', 'theirs.ts'), '');
  expect(await start({ agent: 'opencode' })).toMatchObject(refused('.opencode/plugin'));
});

test('[D5] an agent that never asks is not offered, since nobody would judge what it does', async () => {
  expect(await start({ agent: 'pi' })).toMatchObject(refused('Pi'));
});

test('[D5] the mode that allows everything is not offered', async () => {
  expect(await start({ permission_mode: 'bypassPermissions' })).toMatchObject(refused('bypassPermissions'));
});

test('[H3] allowed_tools are kinds of tools, and anything else is refused by name', async () => {
  expect(await start({ allowed_tools: ['edit', 'Bash'] })).toMatchObject(refused('allowed_tools', 'Bash'));
});

test('[H3] a model cannot be an option of the command line', async () => {
  expect(await start({ model: '--approve-all' })).toMatchObject(refused('model'));
});

test('[H7] an agent that is not known, or not installed, is named with what to do', async () => {
  expect(await start({ agent: 'nobody' })).toMatchObject(refused('nobody', 'claude'));
  expect(await start({}, { agent: '/nowhere/agent' })).toMatchObject(
    refused('/nowhere/agent', 'npm install'),
  );
});

test('[S3] a program that is not acpx is a failed start in words', async () => {
  const exit = await start({}, { command: '/bin/true' });
  expect(exit).toMatchObject(refused('could not begin with acpx', 'said nothing'));
});
