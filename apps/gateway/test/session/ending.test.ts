import { expect, test } from 'vitest';
import { openSession } from './open-session.ts';

function working() {
  const world = openSession();
  const send = (inputId: string) => world.session.prompt({ inputId, content: inputId, author: 'me' });
  send('a');
  world.worker.say({ type: 'worker.session', data: { id: 'native' } });
  return { ...world, send };
}

test('[S1] terminate: the turn is closed as interrupted, what waits is cancelled, the next prompt resumes', async () => {
  const { session, send, last, store, worker } = working();
  send('b');
  await session.terminate('terminated by its owner');
  expect(last('done')).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
  expect(store.input('s', 'b')?.status).toBe('cancelled');
  expect(session.record.state).toBe('terminated');
  send('c');
  expect(worker.starts.map(({ resume }) => resume)).toEqual([undefined, 'native']);
});

test('[S5] reset: the agent starts with an empty memory, and what waits goes to the new one', async () => {
  const { session, send, worker, last } = working();
  send('b');
  await session.reset();
  expect(worker.starts.map(({ resume }) => resume)).toEqual([undefined, undefined]);
  expect(worker.prompts.map(({ content }) => content)).toEqual(['a', 'b']);
  expect(last('state').state).toBe('running');
});

test('[S1] reset: a terminated session says that a prompt resumes it first', async () => {
  const { session } = working();
  await session.terminate('x');
  await expect(session.reset()).rejects.toMatchObject({ code: 'PROTOCOL_VIOLATION' });
});

test('[S2] an interrupt followed by the end of the process is an interrupted turn, not a crash', () => {
  const { session, worker, kinds, last } = working();
  session.interrupt();
  worker.exit(1);
  expect(last('done')).toMatchObject({ stats: { stop_reason: 'interrupted' } });
  expect(kinds()).not.toContain('error');
});

test('[I5] a command the agent does not have is refused by name', () => {
  const { session } = working();
  expect(() => session.command({ command: 'rewind' })).toThrowError(
    expect.objectContaining({ code: 'NOT_SUPPORTED', message: 'Scripted has no command rewind' }),
  );
});

test('[S7] a session is called after its first prompt until its agent has a better name', () => {
  const { session, worker, send, kinds } = working();
  expect(session.record.title).toBe('a');
  worker.say({ type: 'done', data: { success: true } });
  send('b');
  expect(session.record.title).toBe('a');
  expect(kinds().filter((kind) => kind === 'session.title')).toHaveLength(1);
  worker.say({ type: 'session.title', data: { title: 'agent' } });
  worker.say({ type: 'session.title', data: { title: 'again' } });
  expect(session.record.title).toBe('agent');
});

test('[S7] a session that a person named before its first prompt keeps the name', () => {
  const { session } = openSession();
  session.rename('mine');
  session.prompt({ inputId: 'a', content: 'a', author: 'me' });
  expect(session.record.title).toBe('mine');
});

test('[S7] a name that is the first prompt word by word is a name all the same', () => {
  const { session, worker } = working();
  session.rename('a');
  worker.say({ type: 'session.title', data: { title: 'other' } });
  expect(session.record.title).toBe('a');
});

test('[S7] a name that a person gave is kept when the agent has another idea', () => {
  const { session, worker, last } = working();
  worker.say({ type: 'session.title', data: { title: 'agent' } });
  expect(last('session.title')).toEqual({ title: 'agent' });
  session.rename('mine');
  worker.say({ type: 'session.title', data: { title: 'other' } });
  expect(session.record.title).toBe('mine');
});
