import { expect, test } from 'vitest';
import { withSpares } from '../../src/worker/with-spares.ts';
import type { Exit, StartWorker, WorkerEvent, WorkerListener } from '../../src/worker/worker.ts';
import { createManualClock } from '../support/manual-clock.ts';

const ready: WorkerEvent = { type: 'worker.session', data: { id: 'native' } };
const config = {};

/** Agents that say their session as soon as they are started. */
function setUp(size = 2) {
  const clock = createManualClock();
  const started: { workDir: string; stopped: boolean; listener: WorkerListener }[] = [];
  const process = { pid: 1, startTime: '1', mark: 'm', folder: '/' };
  const start: StartWorker = ({ workDir }, listener) => {
    const agent = { workDir, stopped: false, listener };
    started.push(agent);
    return {
      pid: started.length,
      prompt() {},
      interrupt() {},
      save: () => ({ process, offset: 0, memory: null }),
      async stop() {
        agent.stopped = true;
        const exit: Exit = { reason: 'stopped', code: 0, signal: null, stderr: '' };
        listener.onExit(exit);
        return exit;
      },
    };
  };
  const spares = withSpares(start, { clock, size, maxWaitMs: 60_000 });
  const open = (workDir: string, more: { resume?: string } = {}) => {
    const heard: WorkerEvent[] = [];
    const exits: Exit[] = [];
    const worker = spares.start(
      { workDir, config, ...more },
      { onEvents: (events) => void heard.push(...events), onExit: (exit) => void exits.push(exit) },
    );
    return { worker, heard, exits };
  };
  const alive = () => started.filter(({ stopped }) => !stopped).map(({ workDir }) => workDir);
  return { clock, started, spares, open, alive };
}

test('[S3] the second session with a set-up gets an agent that is up, and hears what it said meanwhile', async () => {
  const { started, open } = setUp();
  open('/a');
  expect(started).toHaveLength(2);
  started[1]?.listener.onEvents([ready]);
  const { worker, heard } = open('/a');
  expect(worker.pid).toBe(2);
  expect(heard).toEqual([]);
  // Until it is heard, no gateway could go on from here.
  expect(worker.save?.()).toBeUndefined();
  await Promise.resolve();
  expect(heard).toEqual([ready]);
  expect(worker.save?.()).toBeDefined();
  started[1]?.listener.onEvents([ready]);
  expect(heard).toHaveLength(2);
  expect(started).toHaveLength(3);
});

test('[S3] what an agent says before its first words were heard comes after them', async () => {
  const { started, open } = setUp();
  open('/a');
  started[1]?.listener.onEvents([ready]);
  const { heard } = open('/a');
  started[1]?.listener.onEvents([{ type: 'done', data: { success: true } }]);
  await Promise.resolve();
  expect(heard.map(({ type }) => type)).toEqual(['worker.session', 'done']);
});

test('[S5] a conversation that goes on is never given to an agent that waits', () => {
  const { started, open } = setUp();
  open('/a');
  open('/a', { resume: 'native' });
  expect(started).toHaveLength(3);
});

test('[G10] the set-ups used last are kept, as many as there may be', () => {
  const { open, alive } = setUp(2);
  for (const workDir of ['/a', '/b', '/c']) open(workDir);
  expect(alive()).toEqual(['/a', '/b', '/b', '/c', '/c']);
});

test('[G8] who waits too long is ended, and so are all when the gateway stops', async () => {
  const { clock, open, alive, spares } = setUp();
  open('/a');
  clock.advance(60_000);
  expect(alive()).toEqual(['/a']);
  open('/b');
  await spares.close();
  expect(alive()).toEqual(['/a', '/b']);
});

test('[S3] an agent that ends while it waits is forgotten', () => {
  const { started, open } = setUp();
  open('/a');
  started[1]?.listener.onExit({ reason: 'exited', code: 1, signal: null, stderr: '' });
  const { worker } = open('/a');
  expect(worker.pid).toBe(3);
});
