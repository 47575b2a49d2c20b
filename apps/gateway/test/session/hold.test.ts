import { expect, test } from 'vitest';
import { openSession } from './open-session.ts';

test('what is sent while files are taken down goes to the agent after that, and no sooner', async () => {
  const { session, worker } = openSession();
  const taken = Promise.withResolvers<void>();
  session.holdUntil(taken.promise);
  session.prompt({ inputId: 'a', content: 'a', author: 'me' });
  await Promise.resolve();
  expect(worker.starts).toEqual([]);
  expect(session.queue).toHaveLength(1);
  taken.resolve();
  await expect.poll(() => worker.prompts).toMatchObject([{ inputId: 'a' }]);
});

test('an interrupt meanwhile is for the prompt that begins then, and for no later one', async () => {
  const { session, worker } = openSession();
  const taken = Promise.withResolvers<void>();
  session.holdUntil(taken.promise);
  session.prompt({ inputId: 'a', content: 'a', author: 'me' });
  session.interrupt();
  session.prompt({ inputId: 'b', content: 'b', author: 'me' });
  taken.resolve();
  await expect.poll(() => worker.calls).toEqual(['prompt a', 'interrupt']);
  worker.say({ type: 'done', data: { success: false } });
  expect(worker.calls).toEqual(['prompt a', 'interrupt', 'prompt b']);
});

test('an agent that somebody wanted started meanwhile is started then', async () => {
  const { session, worker } = openSession();
  const taken = Promise.withResolvers<void>();
  session.holdUntil(taken.promise);
  session.warm();
  expect(worker.starts).toEqual([]);
  taken.resolve();
  await expect.poll(() => worker.starts).toHaveLength(1);
});

test('so is one that was wanted while something was put back, also if that failed', async () => {
  const { session, worker } = openSession();
  const putBack = Promise.withResolvers<void>();
  const held = session.hold(() => putBack.promise);
  session.warm();
  expect(worker.starts).toEqual([]);
  putBack.reject(new Error('no'));
  await expect(held).rejects.toThrow('no');
  expect(worker.starts).toHaveLength(1);
});
