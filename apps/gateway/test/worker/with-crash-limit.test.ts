import { expect, test } from 'vitest';
import { withCrashLimit } from '../../src/worker/with-crash-limit.ts';
import type { Exit } from '../../src/worker/worker.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';

function setUp() {
  const clock = createManualClock();
  const agent = createScriptedWorker();
  const exits: Exit[] = [];
  const start = withCrashLimit(agent.definition.start, { clock, crashes: 2, windowMs: 60_000 });
  const run = () =>
    start({ workDir: '/', config: {} }, { onEvents() {}, onExit: (exit) => void exits.push(exit) });
  const crash = () => {
    run();
    agent.exit(1);
  };
  return { clock, agent, exits, run, crash };
}

test('[S2] an agent that crashed too often is not started, says why, and is again later', async () => {
  const { clock, agent, exits, run, crash } = setUp();
  crash();
  clock.advance(20_000);
  crash();
  run().prompt({ inputId: 'a', content: 'a' });
  await Promise.resolve();
  expect(agent.starts).toHaveLength(2);
  expect(exits.at(-1)).toMatchObject({
    reason: 'start-failed',
    message: 'the agent ended 2 times in a short while (last words); it is not started again for 40 s',
  });
  clock.advance(40_000);
  run();
  expect(agent.starts).toHaveLength(3);
});

test('ends that were asked for, and crashes after a good turn, are not held against it', async () => {
  const { agent, run } = setUp();
  for (const _ of [1, 2, 3]) await run().stop();
  for (const _ of [1, 2, 3]) {
    run();
    agent.say({ type: 'done', data: { success: true } });
    agent.exit(1);
  }
  for (const _ of [1, 2, 3]) {
    run();
    agent.exit(0);
  }
  run();
  expect(agent.starts).toHaveLength(10);
});
