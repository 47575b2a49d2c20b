import { expect, test } from 'vitest';
import { openSession } from './open-session.ts';

/** A session whose agent runs and has nothing to do. */
function openIdle() {
  const world = openSession();
  world.session.prompt({ inputId: 'a', content: 'a', author: 'me' });
  world.worker.say({ type: 'done', data: { success: true } });
  return world;
}

test('the idle agent of a session that is put away is ended, a working one when its turn is over', () => {
  const idle = openIdle();
  idle.session.archive(true);
  expect(idle.session.record.isArchived).toBe(true);
  expect(idle.worker.calls.at(-1)).toBe('stop');
  const working = openIdle();
  working.session.prompt({ inputId: 'b', content: 'b', author: 'me' });
  working.session.archive(true);
  expect(working.worker.calls).not.toContain('stop');
  working.worker.say({ type: 'done', data: { success: true } });
  expect(working.worker.calls.at(-1)).toBe('stop');
});

test('no agent is started before it is needed in a session that is put away', () => {
  const { session, worker } = openSession();
  session.archive(true);
  session.warm();
  expect(worker.starts).toEqual([]);
});

test('a prompt takes its session back', () => {
  const { session, store } = openIdle();
  session.archive(true);
  session.prompt({ inputId: 'b', content: 'b', author: 'me' });
  expect(session.record.isArchived).toBe(false);
  expect(store.find(session.record.id)?.isArchived).toBe(false);
});

test('to put away what is put away changes nothing', () => {
  const { clock, session } = openIdle();
  session.archive(true);
  const { updatedAt } = session.record;
  clock.advance(1_000);
  session.archive(true);
  expect(session.record.updatedAt).toBe(updatedAt);
});
