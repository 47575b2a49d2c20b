import { expect, test } from 'vitest';
import type { WorkerEvent } from '../../src/worker/worker.ts';
import { ofPolicy, openSession } from './open-session.ts';

const asks = (command: string): WorkerEvent => ({
  type: 'permission_request',
  data: { id: 'r', tool_name: 'Bash', input_raw: { command, timeout: undefined } },
});
const checks = (command: string): WorkerEvent => ({
  type: 'tool.check',
  data: { id: 'r', tool_name: 'Bash', input_raw: { command } },
});
const question: WorkerEvent = { type: 'question_request', data: { id: 'r', questions: [] } };

/** A session in a turn, and what its agent heard of what it asked. */
function openTurn() {
  const world = openSession({}, ofPolicy('ask'));
  const { session, worker, store } = world;
  session.prompt({ inputId: 'i', content: 'go', author: 'o' });
  const answers = () => worker.calls.filter((call) => call.startsWith('respond'));
  const answer = (allowed: boolean) => session.respond({ kind: 'permission', id: 'r', allowed }, 'o');
  const stored = () => store.interaction('s', 'r');
  return { ...world, answers, answer, stored };
}

test.each([
  ['another input', asks('rm -r ~')],
  ['a question', question],
])('[P1] [P5] an answer never meets %s that an agent asked later under the same id', (_, second) => {
  const { worker, answer, answers, stored, kinds, session } = openTurn();
  worker.say(asks('ls'));
  worker.say(second);
  expect(stored()).toMatchObject({
    ...{ kind: 'permission', request: { input_raw: { command: 'ls' } }, status: 'resolved' },
    resolution: { allowed: false, by: null, reason: 'interrupted' },
  });
  expect(kinds().filter((kind) => /request|resolved/.test(kind))).toEqual([
    ...['permission_request', 'permission.resolved'],
  ]);
  expect(() => answer(true)).toThrow(expect.objectContaining({ code: 'ALREADY_RESOLVED' }));
  expect(answers()).toHaveLength(1);
  expect(answers()).not.toContain('respond permission true');
  expect(session.pending).toEqual([]);
});

test('[P1] [P5] so it is when both come at once', () => {
  const { worker, answers, stored, session } = openTurn();
  worker.say(asks('ls'), asks('rm -r ~'));
  expect(stored()).toMatchObject({ request: { input_raw: { command: 'ls' } }, status: 'resolved' });
  expect(answers()).toEqual(['respond permission false']);
  expect(session.pending).toEqual([]);
});

test.each(['ls', 'rm -r ~'])('[P1] what was answered is not opened again, asked for %s', (command) => {
  const { worker, answer, answers, stored } = openTurn();
  worker.say(asks('ls'));
  answer(true);
  const before = stored();
  worker.say(asks(command));
  expect(stored()).toEqual(before);
  expect(answers()).toEqual(['respond permission true', 'respond permission false']);
});

test('[E4] the same request, asked again while it is open, is one, with its old deadline', () => {
  const { worker, answers, kinds, clock, revive, session } = openTurn();
  worker.say(asks('ls'));
  clock.advance(600);
  worker.say(asks('ls'));
  expect(session.pending).toHaveLength(1);
  expect(kinds().filter((kind) => kind === 'permission_request')).toHaveLength(1);
  expect(answers()).toEqual([]);
  worker.state = { offset: 0, memory: 'fresh' };
  worker.say();
  const next = revive({ processes: { has: () => true, reap: async () => {} } });
  next.recover(Promise.resolve());
  worker.say(asks('ls'), checks('ls'));
  expect(next.pending).toHaveLength(1);
  clock.advance(400);
  expect(answers()).toEqual(['respond permission false']);
});

test('[E4] [P5] a word that was given on one call is good for no other', () => {
  const { worker, answer, answers } = openTurn();
  worker.say(asks('ls'));
  answer(true);
  worker.say(checks('ls'));
  worker.say(checks('rm -r ~'));
  expect(answers()).toEqual([
    ...['respond permission true', 'respond permission true', 'respond permission false'],
  ]);
});
