import { expect, test } from 'vitest';
import { openSession } from './open-session.ts';

const start = { type: 'message.start', data: { id: 'm', role: 'assistant', content_type: 'text' } } as const;
const delta = { type: 'message.delta', data: { message_id: 'm', content: 'hello' } } as const;
const end = { type: 'message.end', data: { message_id: 'm' } } as const;
const done = { type: 'done', data: { success: true } } as const;
const overload = expect.objectContaining({ code: 'GATEWAY_OVERLOAD' });

function working() {
  const world = openSession();
  const send = (inputId: string) => world.session.prompt({ inputId, content: inputId, author: 'me' });
  send('a');
  const before = world.told.length;
  const since = () => world.kinds().slice(before);
  return { ...world, send, since };
}

test('[G11] [R2] on a full disk nothing is shown, nothing is lost, and all goes on by itself', () => {
  const { disk, clock, worker, since, session, told } = working();
  disk.isFull = true;
  worker.say(start);
  worker.say(delta, end);
  worker.say(done);
  clock.advance(60_000);
  expect(since()).toEqual([]);
  disk.isFull = false;
  clock.advance(1_000);
  expect(since()).toEqual(['message.start', 'message.delta', 'message.end', 'done', 'input.status', 'state']);
  expect(told.map(({ seq }) => seq)).toEqual(told.map((_, index) => index + 1));
  expect(session.record.state).toBe('idle');
});

test('[G11] meanwhile what clients ask for is refused and not kept', () => {
  const { disk, clock, worker, send, session, store } = working();
  disk.isFull = true;
  worker.say(start);
  expect(() => send('b')).toThrowError(overload);
  expect(() => session.rename('x')).toThrowError(overload);
  expect(() => session.cancelInput('a')).toThrowError(overload);
  disk.isFull = false;
  clock.advance(1_000);
  expect(store.input('s', 'b')).toBeUndefined();
  expect(send('b').duplicate).toBe(false);
});

test('[G11] a prompt refused by a full disk can be sent again under the same id', () => {
  const { disk, send } = working();
  disk.isFull = true;
  expect(() => send('b')).toThrowError(overload);
  disk.isFull = false;
  expect(send('b')).toMatchObject({ duplicate: false });
});

test('[G11] [G5] an agent that dies meanwhile leaves one ending', () => {
  const { disk, clock, worker, since, session } = working();
  disk.isFull = true;
  worker.say(start);
  worker.exit(1);
  disk.isFull = false;
  clock.advance(1_000);
  expect(since()).toEqual(['message.start', 'error', 'done', 'input.status', 'state']);
  expect(session.record.state).toBe('terminated');
});

test('[G11] the next prompt of the queue goes to the agent only once that is written', () => {
  const { disk, clock, worker, send } = working();
  send('b');
  disk.isFull = true;
  worker.say(done);
  clock.advance(5_000);
  expect(worker.prompts).toHaveLength(1);
  disk.isFull = false;
  clock.advance(1_000);
  expect(worker.prompts.map(({ content }) => content)).toEqual(['a', 'b']);
});

test('[G11] [E4] a deadline that passes meanwhile still denies', () => {
  const { disk, clock, worker, last } = working();
  worker.say({ type: 'permission_request', data: { id: 'p', tool_name: 'Bash' } });
  disk.isFull = true;
  clock.advance(1_000);
  expect(worker.calls).toEqual(['prompt a']);
  disk.isFull = false;
  clock.advance(1_000);
  expect(last('permission.resolved')).toMatchObject({ allowed: false, reason: 'timeout' });
  expect(worker.calls).toEqual(['prompt a', 'respond permission false']);
});

test('[G11] [E4] [P3] an answer that cannot be written leaves the request open, with its deadline', () => {
  const { disk, clock, worker, session, last } = working();
  worker.say({ type: 'permission_request', data: { id: 'p', tool_name: 'Bash' } });
  disk.isFull = true;
  const answer = () => session.respond({ kind: 'permission', id: 'p', allowed: true }, 'me');
  expect(answer).toThrowError(overload);
  disk.isFull = false;
  clock.advance(1_000);
  expect(last('permission.resolved')).toMatchObject({ allowed: false, reason: 'timeout' });
  expect(worker.calls).toEqual(['prompt a', 'respond permission false']);
});

test('[G10] [G11] what is kept meanwhile is bounded: the agent is ended, and its turn closed', async () => {
  const { disk, clock, worker, session, last } = working();
  disk.isFull = true;
  for (let said = 0; said <= 1_000; said += 1) worker.say(delta);
  await new Promise(setImmediate);
  expect(worker.calls).toEqual(['prompt a', 'stop']);
  disk.isFull = false;
  clock.advance(1_000);
  expect(last('done')).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
  expect(session.record.state).toBe('terminated');
});

test('[R1] [G9] a follower that fails makes nothing be stored twice', () => {
  const { session, clock, worker, since } = working();
  session.attach({
    deliver() {
      throw new Error('socket in a bad state');
    },
  });
  worker.say(start);
  clock.advance(5_000);
  expect(since()).toEqual(['message.start']);
});

test('[G11] what waits is written in its order: the next turn begins after the end of the old agent', () => {
  const { disk, clock, worker, send, since } = working();
  send('b');
  const before = since().length;
  disk.isFull = true;
  worker.say(done);
  worker.exit(0);
  disk.isFull = false;
  clock.advance(1_000);
  expect(since().slice(before)).toEqual([
    ...['done', 'input.status', 'state'],
    ...['state', 'input.status', 'state'],
  ]);
  expect(worker.prompts.map(({ content }) => content)).toEqual(['a', 'b']);
  expect(worker.starts).toHaveLength(2);
});

test('[G11] a session is ended also on a full disk; what could not be written is said', async () => {
  const { disk, clock, worker, session } = working();
  disk.isFull = true;
  await expect(session.terminate('x')).rejects.toMatchObject({ code: 'GATEWAY_OVERLOAD' });
  expect(worker.calls).toEqual(['prompt a', 'stop']);
  disk.isFull = false;
  clock.advance(1_000);
  expect(session.record.state).toBe('terminated');
});

test('[G9] a failure of our own while taking events does not stop the ones that follow', () => {
  const { worker, session } = working();
  worker.say(JSON.parse('{"type":"input.taken"}'));
  worker.say(done);
  expect(session.record.state).toBe('idle');
});
