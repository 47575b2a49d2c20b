import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock as clock } from '../../../src/ground/clock.ts';
import { createIds } from '../../../src/ground/ids.ts';
import { createSpawnProcess } from '../../../src/process/spawn-process.ts';
import { createAcpx } from '../../../src/worker/acpx/definition.ts';
import { RecordedWorker } from '../../contracts/recorded-worker.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'acpx-'));
  mkdirSync(join(root, 'work'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Writes a program that runs the fake. Returns its path. */
function writeAcpx(): string {
  const path = join(root, 'acpx');
  const fake = fileURLToPath(new URL('./fake-acpx.mjs', import.meta.url));
  writeFileSync(path, `#!/bin/sh\nFAKE_ACPX='${root}' exec '${process.execPath}' '${fake}' "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

test('[I5] the next prompt waits until a cancellation of the last turn has arrived', async () => {
  const spawn = createSpawnProcess({ clock });
  const prompts: string[] = [];
  const definition = createAcpx({
    spawn(options, listener) {
      if (options.args.includes('prompt')) prompts.push('started');
      return spawn(options, listener);
    },
    ...{ clock, ids: createIds(), environment: { HOME: root, PATH: process.env.PATH ?? '' } },
    ...{ stateDir: join(root, 'state'), command: writeAcpx() },
    agents: { claude: { command: process.execPath } },
  });
  const config = { agent: 'claude' };
  await using agent = new RecordedWorker(definition, { workDir: join(root, 'work'), config });
  const { from } = agent.prompt('endless');
  await agent.next('worker.ready');
  agent.worker.interrupt();
  writeFileSync(join(root, 'ended'), '');
  // By itself, while the cancellation is on its way.
  await agent.turnFrom(from);
  const next = agent.prompt('and now?');
  expect(prompts).toEqual(['started']);
  writeFileSync(join(root, 'cancelled'), '');
  expect((await agent.turnFrom(next.from)).at(-1)).toMatchObject({ data: { success: true } });
  expect(prompts).toEqual(['started', 'started']);
});
