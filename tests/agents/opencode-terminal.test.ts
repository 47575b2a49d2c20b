import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, test, vi } from 'vitest';
import { systemClock } from '../../apps/gateway/src/ground/clock.ts';
import { createIds } from '../../apps/gateway/src/ground/ids.ts';
import { createSpawnProcess } from '../../apps/gateway/src/process/spawn-process.ts';
import { createOpenCodeCli } from '../../apps/gateway/src/worker/opencode-cli/definition.ts';
import { createOpenCodeServer } from '../../apps/gateway/src/worker/opencode-server/definition.ts';
import { RecordedWorker } from '../../apps/gateway/test/contracts/recorded-worker.ts';
import { textOf } from '../../apps/gateway/test/contracts/text-of.ts';
import { openTerminal } from '../support/open-terminal.ts';
import { OpenCodeBench, realOpenCode } from './open-opencode.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

const bench = await OpenCodeBench.open();
const { environment } = bench;
const given = {
  ...{ clock: systemClock, ids: createIds(), environment, command: realOpenCode },
  spawn: createSpawnProcess({ clock: systemClock }),
};
const server = createOpenCodeServer(given);
const cli = createOpenCodeCli(given);

afterAll(async () => {
  await server.close();
  await bench[Symbol.asyncDispose]();
});

const workDir = await bench.workDir();

async function typeInTerminal(prompt: string) {
  const args = ['run', '--model=test/one'];
  const program = spawn(realOpenCode, args, { cwd: workDir, env: { ...environment }, stdio: 'pipe' });
  program.stdout.resume();
  program.stderr.resume();
  program.stdin.end(prompt);
  expect(await once(program, 'exit')).toEqual([0, null]);
}

test('what a person said to the real OpenCode in a terminal goes on here, and then in the terminal again', async () => {
  await typeInTerminal('the word is tangerine @@text(I shall keep it.)');
  const [found, ...more] = (await server.terminalConversations?.list(workDir, 10)) ?? [];
  expect(more).toEqual([]);
  expect(found?.about).toBe('the word is tangerine @@text(I shall keep it.)');
  const id = found?.id ?? '';
  expect(await cli.terminalConversations?.list(workDir, 10)).toEqual([found]);

  for (const definition of [server, cli]) {
    const [turn] = (await definition.terminalConversations?.read(workDir, id)) ?? [];
    expect(turn?.events).toMatchObject([{ type: 'message', data: { content: 'I shall keep it.' } }]);
    await using worker = new RecordedWorker(definition, {
      workDir,
      config: { model: 'test/one' },
      resume: id,
    });
    expect(textOf(await worker.turn('@@recall'))).toContain('First you said: the word is tangerine');
  }
  const turns = await server.terminalConversations?.read(workDir, id);
  expect(turns?.map(({ prompt }) => prompt)).toEqual([found?.about, '@@recall', '@@recall']);

  const [, ...line] = server.toTerminalCommand?.(id) ?? [];
  expect(cli.toTerminalCommand?.(id).slice(1)).toEqual(line);
  await using terminal = openTerminal({
    ...{
      command: [realOpenCode, ...line],
      cwd: workDir,
      env: { ...environment, OPENCODE_DISABLE_AUTOUPDATE: '1' },
    },
  });
  await expect.poll(() => terminal.screen(), { timeout: 90_000 }).toContain('I shall keep it.');
});
