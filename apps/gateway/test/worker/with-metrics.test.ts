import { expect, test } from 'vitest';
import { withMetrics } from '../../src/worker/with-metrics.ts';
import type { Exit, WorkerListener } from '../../src/worker/worker.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';

/** A worker whose exits are counted, and the counts in the order they came. */
function open() {
  const clock = createManualClock(0);
  const told: string[] = [];
  let listener: WorkerListener | undefined;
  const { definition } = createScriptedWorker();
  const start = withMetrics(
    (options, given) => {
      listener = given;
      return definition.start(options, given);
    },
    {
      workerType: 'scripted',
      clock,
      metrics: {
        count: (name, labels) => void told.push(`${name} ${Object.values(labels).slice(1).join(' ')}`),
        observe: (name, _, value) => void told.push(`${name} ${value}`),
      },
    },
  );
  const run = (adopt?: Parameters<typeof start>[0]['adopt']) => {
    start({ workDir: '/', config: {}, ...(adopt && { adopt }) }, { onEvents() {}, onExit() {} });
    return {
      speak: () => listener?.onEvents([{ type: 'background.tasks', data: { count: 0 } }]),
      exit: (exit: Partial<Exit>) =>
        listener?.onExit({ reason: 'exited', code: 0, signal: null, stderr: '', ...exit }),
    };
  };
  return { clock, told, run };
}

test('an agent is started once it speaks, and how long it lived is known when it ends', () => {
  const { clock, told, run } = open();
  const agent = run();
  agent.speak();
  agent.speak();
  clock.advance(2_000);
  agent.exit({ reason: 'stopped', code: null, signal: 'SIGTERM' });
  expect(told).toEqual(['worker_starts_total success', 'worker_exec_duration_seconds 2']);
});

test.each([
  [{ code: 3 }, 'worker_crashes_total 3'],
  [
    { reason: 'killed' as Exit['reason'], code: null, signal: 'SIGKILL' as const },
    'worker_crashes_total SIGKILL',
  ],
])('an end that nobody asked for is a crash: %j', (exit, crash) => {
  const { told, run } = open();
  run().exit(exit);
  expect(told).toEqual(['worker_starts_total success', 'worker_exec_duration_seconds 0', crash]);
});

test('one that cannot be started never lived', () => {
  const { told, run } = open();
  run().exit({ reason: 'start-failed', code: null });
  expect(told).toEqual(['worker_starts_total failure']);
});

test('one that an earlier gateway started is not started again', () => {
  const { told, run } = open();
  const process = { pid: 1, startTime: '1', mark: 'm', folder: '/nowhere' };
  run({ process, offset: 0, memory: {} }).exit({});
  expect(told).toEqual(['worker_exec_duration_seconds 0']);
});
