import { expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { withWorkDirCheck } from '../../src/worker/with-work-dir-check.ts';
import type { Exit, WorkerState } from '../../src/worker/worker.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';

function run(resolve: (workDir: string) => string, adopt?: WorkerState) {
  const agent = createScriptedWorker();
  const exits: Exit[] = [];
  const start = withWorkDirCheck(agent.definition.start, resolve);
  start(
    { workDir: '/work', config: {}, ...(adopt && { adopt }) },
    { onEvents() {}, onExit: (exit) => void exits.push(exit) },
  );
  return { agent, exits };
}

test('[F1] an agent is started where the session was opened', async () => {
  const { agent, exits } = run((workDir) => workDir);
  await Promise.resolve();
  expect({ starts: agent.starts.length, exits }).toEqual({ starts: 1, exits: [] });
});

test('an agent that runs already is not looked at again', async () => {
  const adopt = { process: {}, offset: 0, memory: null } as WorkerState;
  const { agent, exits } = run(() => '/etc', adopt);
  await Promise.resolve();
  expect({ starts: agent.starts.length, exits }).toEqual({ starts: 1, exits: [] });
});

test.each([
  ['leads elsewhere', () => '/etc', '/work leads to /etc now', 'moved'],
  [
    'is refused',
    () => {
      throw new GatewayError('CONFIG_INVALID', 'config.work_dir is gone', {
        details: { field: 'work_dir', problem: 'not_a_directory' },
      });
    },
    'config.work_dir is gone',
    'not_a_directory',
  ],
])('[F1] no agent is started in a work dir that %s now', async (_, resolve, message, problem) => {
  const { agent, exits } = run(resolve);
  await Promise.resolve();
  expect(agent.starts).toEqual([]);
  expect(exits).toMatchObject([
    {
      ...{ reason: 'start-failed', message: expect.stringContaining(message) },
      details: { field: 'work_dir', problem },
    },
  ]);
});
