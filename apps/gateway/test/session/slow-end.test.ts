import { expect, test } from 'vitest';
import type { StartWorker } from '../../src/worker/worker.ts';
import { openSession } from './open-session.ts';

/** An agent that takes its time to end, as real processes do. */
function lingering() {
  const gate = Promise.withResolvers<void>();
  const supervise =
    (start: StartWorker): StartWorker =>
    (options, listener) => {
      const worker = start(options, listener);
      return {
        ...worker,
        async stop() {
          await gate.promise;
          return worker.stop();
        },
      };
    };
  const world = openSession({}, { supervise });
  const send = (inputId: string, delivery?: 'interrupt') =>
    world.session.prompt({ inputId, content: inputId, author: 'me', ...(delivery ? { delivery } : {}) });
  const gone = async () => {
    gate.resolve();
    await new Promise(setImmediate);
  };
  const contents = () => world.worker.prompts.map(({ content }) => content);
  send('a');
  return { ...world, send, gone, contents };
}
const done = { type: 'done', data: { success: true } } as const;

test('[I3] [G5] a prompt that comes while an idle agent is being ended goes to the next one', async () => {
  const { worker, clock, send, gone, contents, session } = lingering();
  worker.say(done);
  clock.advance(20_000);
  send('b');
  await gone();
  expect(contents()).toEqual(['a', 'b']);
  expect(session.record.state).toBe('running');
});

test('[I3] [G5] a prompt that interrupts an agent which does not obey is run by the next one', async () => {
  const { clock, send, gone, contents } = lingering();
  send('b', 'interrupt');
  clock.advance(500);
  await gone();
  expect(contents()).toEqual(['a', 'b']);
});

test('[I3] [G5] what waits behind a turn that took too long is run by the next agent', async () => {
  const { clock, send, gone, contents } = lingering();
  send('b');
  clock.advance(5_000);
  await gone();
  expect(contents()).toEqual(['a', 'b']);
});

test('[S5] [G4] what waits for an agent on its way out is never handed to it, not by the next gateway either', async () => {
  for (const isCollected of [true, false]) {
    const { session, worker, clock, send, contents, revive, store } = lingering();
    worker.state = { offset: 0, memory: null };
    worker.say(done);
    if (isCollected) clock.advance(20_000);
    else void session.terminate('x');
    send('b');
    // Its last words do not make it one to go on with.
    worker.say({ type: 'session.title', data: { title: 'bye' } });
    const reaped = Promise.withResolvers<void>();
    const next = revive({ processes: { has: () => true, reap: () => reaped.promise } });
    next.recover(Promise.resolve());
    expect(contents()).toEqual(['a']);
    reaped.resolve();
    await new Promise(setImmediate);
    expect(contents()).toEqual(['a', 'b']);
    expect(worker.starts.map(({ adopt }) => adopt)).toEqual([undefined, undefined]);
    expect(store.input('s', 'b')?.status).toBe('delivered');
  }
});

test('[S5] [G5] a prompt that comes while a session is being terminated resumes it', async () => {
  const { session, send, gone, contents } = lingering();
  const terminated = session.terminate('x');
  send('b');
  await gone();
  await terminated;
  expect(contents()).toEqual(['a', 'b']);
});

test('[C4] a stopping gateway starts no agent for what waits', async () => {
  const { session, worker, clock, send, gone, contents } = lingering();
  worker.say(done);
  clock.advance(20_000);
  send('b');
  const closed = session.close({ keepAgent: false });
  await gone();
  await closed;
  expect(contents()).toEqual(['a']);
});

test('[S1] a session that is being deleted while its agent ends starts no other', async () => {
  const { session, worker, clock, send, gone, contents } = lingering();
  worker.say(done);
  clock.advance(20_000);
  send('b');
  const deleted = session.delete();
  await gone();
  await deleted;
  expect(contents()).toEqual(['a']);
  expect(session.record.state).toBe('deleted');
});

test('[S5] a reset while the agent is being ended still empties the memory first', async () => {
  const { session, worker, clock, send, gone, contents } = lingering();
  worker.say({ type: 'worker.session', data: { id: 'native' } }, done);
  clock.advance(20_000);
  send('b');
  const reset = session.reset();
  await gone();
  await reset;
  expect(contents()).toEqual(['a', 'b']);
  expect(worker.starts.map(({ resume }) => resume)).toEqual([undefined, undefined]);
});

test('[I5] [G8] a command to a deleted session starts no agent', async () => {
  const { session, worker, gone } = lingering();
  const commands = ['compact'];
  Object.assign(worker.definition, { commands });
  const deleted = session.delete();
  await gone();
  await deleted;
  expect(() => session.command({ command: 'compact' })).toThrowError(
    expect.objectContaining({ code: 'SESSION_NOT_FOUND' }),
  );
  expect(worker.starts).toHaveLength(1);
});
