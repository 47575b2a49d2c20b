import { expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { openSession } from './open-session.ts';

function working() {
  const world = openSession();
  const send = (inputId: string) => world.session.prompt({ inputId, content: inputId, author: 'me' });
  send('a');
  const ends = () => world.kinds().filter((kind) => kind === 'error' || kind === 'done' || kind === 'state');
  return { ...world, send, ends };
}
const text = { type: 'message.start', data: { id: 'm', role: 'assistant', content_type: 'text' } } as const;
const done = { type: 'done', data: { success: true } } as const;
const flush = () => new Promise(setImmediate);

test('[S4] [G5] an agent that says nothing is ended: error, done, terminated; the next prompt resumes', async () => {
  const { clock, worker, last, ends, session, send } = working();
  worker.say({ type: 'worker.session', data: { id: 'native' } });
  clock.advance(10_000);
  await flush();
  expect(worker.calls).toEqual(['prompt a', 'stop']);
  expect(ends()).toEqual(['state', 'error', 'done', 'state']);
  expect(last('error')).toMatchObject({
    code: 'WORKER_TIMEOUT',
    details: { setting: 'session.inactivity_timeout', limit_ms: 10_000 },
  });
  expect(last('done')).toMatchObject({ success: false, stats: { stop_reason: 'timeout' } });
  expect(session.record.state).toBe('terminated');
  send('b');
  expect(worker.starts.at(-1)?.resume).toBe('native');
});

test('[S4] a turn that takes too long is interrupted, and ended if it does not obey', async () => {
  const { clock, worker, last } = working();
  for (let passed = 0; passed < 60_000; passed += 5_000) {
    worker.say({ ...text, data: { ...text.data, id: String(passed) } });
    clock.advance(5_000);
  }
  expect(last('error').code).toBe('TURN_TIMEOUT');
  expect(worker.calls).toEqual(['prompt a', 'interrupt']);
  clock.advance(500);
  await flush();
  expect(worker.calls).toEqual(['prompt a', 'interrupt', 'stop']);
  expect(last('done')).toMatchObject({ success: false });
});

test('[S4] an idle process is ended without a word of failure, and the next prompt starts another', async () => {
  const { clock, worker, session, kinds, send } = working();
  worker.say(done);
  clock.advance(20_000);
  await flush();
  expect(session.record.state).toBe('terminated');
  expect(kinds()).not.toContain('error');
  send('b');
  expect(worker.starts).toHaveLength(2);
});

test('[S4] [E4] a person may think longer than an agent may be silent', () => {
  const { clock, worker } = working();
  worker.say({ type: 'permission_request', data: { id: 'p', tool_name: 'Bash' } });
  clock.advance(900);
  worker.say({ type: 'interaction.withdrawn', data: { id: 'p' } });
  clock.advance(9_999);
  expect(worker.calls).toEqual(['prompt a']);
  clock.advance(1);
  expect(worker.calls).toEqual(['prompt a', 'stop']);
});

test('[G10] a prompt that needs a process for which there is no room is refused and not kept', () => {
  const full = () => {
    throw new GatewayError('GATEWAY_OVERLOAD', 'full');
  };
  const { session, store } = openSession({}, { makeRoom: full });
  const send = () => session.prompt({ inputId: 'a', content: 'a', author: 'me' });
  expect(send).toThrowError(expect.objectContaining({ code: 'GATEWAY_OVERLOAD' }));
  expect(store.input('s', 'a')).toBeUndefined();
});

test('[G10] what waits in the queue waits also for a place', () => {
  let isFull = false;
  const makeRoom = () => {
    if (isFull) throw new GatewayError('GATEWAY_OVERLOAD', 'full');
  };
  const { session, worker, clock } = openSession({}, { makeRoom });
  for (const inputId of ['a', 'b']) session.prompt({ inputId, content: inputId, author: 'me' });
  isFull = true;
  worker.exit(1);
  clock.advance(5_000);
  expect(worker.prompts).toHaveLength(1);
  isFull = false;
  clock.advance(1_000);
  expect(worker.prompts).toHaveLength(2);
});
