import { expect, test } from 'vitest';
import type { BudgetLimits } from '../../src/session/budget.ts';
import { noBudget } from '../support/no-budget.ts';
import { limits, openSession } from './open-session.ts';

/** Whatever takes long may: what ends it is not the question here. */
const watch = { firstEventMs: 0, inactivityMs: 0, turnMs: 0, idleMs: 0, lifetimeMs: 0 };

const day = 86_400_000;
const nothing = {
  ...{ duration_ms: null, time_to_first_token_ms: null, tool_calls: null, input_tokens: null },
  ...{ output_tokens: null, cache_read_tokens: null, cache_write_tokens: null, total_tokens: null },
  ...{ cost_usd: null, model: null, context_used_percent: null, stop_reason: null },
};

function open(changed: Partial<BudgetLimits>, budget: BudgetLimits = { ...noBudget, ...changed }) {
  const world = openSession({}, { limits: { ...limits, watch, maxQueue: 5, budget } });
  const { session, worker } = world;
  const send = (inputId: string, to = session) => to.prompt({ inputId, content: inputId, author: 'me' });
  const finish = (
    used: Partial<
      Record<'cost_usd' | 'total_tokens' | 'duration_ms' | 'input_tokens' | 'output_tokens', number>
    >,
  ) => worker.say({ type: 'done', data: { success: true, stats: { ...nothing, ...used } } });
  const answer = (label: string, to = session) => {
    const [asked] = to.pending;
    to.respond({ kind: 'question', id: asked?.id ?? '', answers: { any: label } }, 'alice');
  };
  return { ...world, send, finish, answer };
}

test.each([
  ['cost', { sessionCostUsd: 1.5 }, { cost_usd: 1.75 }, '$1.75'],
  ['tokens', { sessionTokens: 100 }, { total_tokens: 100 }, '100 tokens'],
  ['time', { sessionWorkMs: 60_000 }, { duration_ms: 90_000 }, '2 min'],
])(
  '[Q2] a session that has used its %s pauses before the next turn and asks once',
  (header, budget, took, shown) => {
    const { worker, send, finish, answer, last, kinds } = open(budget);
    send('a');
    send('b');
    finish(took);
    send('c');
    expect(worker.calls).toEqual(['prompt a']);
    const { questions } = last('question_request');
    expect(questions).toMatchObject([{ header, question: expect.stringContaining(`used ${shown}`) }]);
    const [[more], [used]] = [Object.values(budget), Object.values(took)];
    expect(last('question_request').budget).toEqual({ measure: header, period: 'session', used, more });
    expect(kinds().filter((kind) => kind === 'question_request')).toHaveLength(1);
    answer('Go on');
    expect(worker.calls).toEqual(['prompt a', 'prompt b']);
  },
);

test('[Q2] a yes is good for as much again, however much was used before, and the next gateway knows of it', () => {
  const { worker, send, finish, answer, revive, last } = open({ sessionCostUsd: 1 });
  send('a');
  finish({ cost_usd: 5.25 });
  send('b');
  answer('Go on');
  finish({ cost_usd: 0.5 });
  const next = revive();
  next.recover(Promise.resolve());
  send('c', next);
  expect(worker.calls).toEqual(['prompt a', 'prompt b', 'prompt c']);
  finish({ cost_usd: 0.5 });
  send('d', next);
  expect(worker.calls).toHaveLength(3);
  expect(last('question_request').questions[0].question).toContain('used $6.25');
});

test('[Q2] an agent cannot ask for a budget in the gateway’s name', () => {
  const { worker, session, send, finish } = open({ sessionCostUsd: 1 });
  send('a');
  const questions = [
    { question: 'Do you like tea?', header: 'Tea', options: [{ label: 'Go on', description: '' }] },
  ];
  worker.say({
    type: 'question_request',
    data: { id: 'budget-cost-1000.000000-x', tool_name: 'ask', questions },
  });
  expect(session.pending).toEqual([]);
  finish({ cost_usd: 1 });
  send('b');
  expect(worker.calls).toEqual(['prompt a']);
});

test('[Q2] nothing is steered into a turn past the budget: it waits like any other prompt', () => {
  const { session, worker, send, finish } = open({ sessionCostUsd: 1 });
  send('a');
  const steer = (inputId: string) =>
    session.prompt({ inputId, content: inputId, author: 'me', delivery: 'steer' });
  steer('b');
  finish({ cost_usd: 1 });
  // What came too late for its turn has one of its own.
  worker.say({ type: 'turn.started', data: { input_ids: ['b'] } });
  steer('c');
  expect(worker.calls).toEqual(['prompt a', 'steer b']);
  expect(session.queue.map(({ inputId }) => inputId)).toContain('c');
});

test('[Q2] a no takes back what waits, and the next prompt asks anew', () => {
  const { worker, session, send, finish, answer, last } = open({ sessionCostUsd: 1 });
  send('a');
  send('b');
  finish({ cost_usd: 1 });
  answer('Stop');
  expect(session.queue).toEqual([]);
  expect(last('input.status')).toMatchObject({ input_id: 'b', status: 'cancelled' });
  send('c');
  expect(worker.calls).toEqual(['prompt a']);
  expect(session.pending).toHaveLength(1);
});

test('[Q2] what waits is kept while nobody decides, and while the gateway is away', () => {
  const { clock, worker, session, send, finish, answer, revive } = open({ sessionCostUsd: 1 });
  send('a');
  send('b');
  finish({ cost_usd: 1 });
  const [first] = session.pending;
  clock.advance(day);
  expect(session.pending).toHaveLength(1);
  expect(session.pending[0]?.id).not.toBe(first?.id);
  expect(session.queue).toMatchObject([{ inputId: 'b' }]);
  const next = revive();
  next.recover(Promise.resolve());
  expect(next.pending).toHaveLength(1);
  expect(worker.calls).toEqual(['prompt a']);
  answer('Go on', next);
  expect(worker.calls).toEqual(['prompt a', 'prompt b']);
});

test('[Q2] a limit that was raised meanwhile is a yes: the next prompt goes on, and nobody is asked any more', () => {
  const budget = { ...noBudget, sessionCostUsd: 1 };
  const { worker, session, send, finish } = open({}, budget);
  send('a');
  send('b');
  finish({ cost_usd: 1 });
  expect(session.pending).toHaveLength(1);
  budget.sessionCostUsd = 5;
  send('c');
  expect(session.pending).toEqual([]);
  expect(worker.calls).toEqual(['prompt a', 'prompt b']);
});

test.each([
  ['cost', { userDayCostUsd: 1 }, '$1.25', 1.25],
  ['tokens', { userDayTokens: 100 }, '150 tokens', 150],
  ['time', { userDayWorkMs: 60_000 }, '2 min', 90_000],
])(
  '[Q2] what is more than the %s of a user’s day waits for the next day, and goes on by itself',
  (measure, budget, shown, used) => {
    const { clock, worker, session, send, finish, answer, last } = open(budget);
    send('a');
    send('b');
    const took = { cost_usd: 1.25, input_tokens: 100, output_tokens: 50, duration_ms: 90_000 };
    finish(took);
    expect(worker.calls).toEqual(['prompt a']);
    const { questions, deadline_ms } = last('question_request');
    expect(questions).toMatchObject([{ header: 'day', question: expect.stringContaining(shown) }]);
    expect(last('question_request').budget).toEqual({ measure, period: 'day', used });
    expect(deadline_ms).toBe(day - (clock.now() % day));
    clock.advance(deadline_ms - 1);
    expect(worker.calls).toEqual(['prompt a']);
    clock.advance(1);
    expect(worker.calls).toEqual(['prompt a', 'prompt b']);
    finish(took);
    send('c');
    answer('Stop');
    expect(session.queue).toEqual([]);
  },
);

test('[Q2] the time of an agent that does not say how long it worked is measured', () => {
  const { clock, worker, send, finish, last } = open({ userDayWorkMs: 60_000 });
  send('a');
  send('b');
  clock.advance(61_000);
  finish({});
  expect(worker.calls).toEqual(['prompt a']);
  expect(last('question_request').budget).toMatchObject({ measure: 'time', used: 61_000 });
});
