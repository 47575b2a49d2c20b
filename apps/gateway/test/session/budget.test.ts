import { expect, test } from 'vitest';
import type { SessionOptions } from '../../src/session/session-options.ts';
import { noBudget } from '../support/no-budget.ts';
import { limits, openSession } from './open-session.ts';

/** A session in the middle of a turn, with a budget. */
function working(budget: Partial<SessionOptions['limits']['budget']>) {
  const world = openSession({}, { limits: { ...limits, budget: { ...noBudget, ...budget } } });
  const send = (inputId: string) => world.session.prompt({ inputId, content: inputId, author: 'me' });
  send('a');
  return { ...world, send };
}

const call = (id: string) => ({ type: 'tool_call', data: { id, name: 'Bash', input: {} } }) as const;
const done = (cost_usd: number | null) => ({
  ...({ type: 'done' } as const),
  data: { success: true, stats: { ...noStats, cost_usd } },
});
const noStats = {
  ...{ duration_ms: null, time_to_first_token_ms: null, tool_calls: null, input_tokens: null },
  ...{ output_tokens: null, cache_read_tokens: null, cache_write_tokens: null, total_tokens: null },
  ...{ model: null, context_used_percent: null, stop_reason: null },
};

test('[Q2] a turn that uses too many tools is interrupted, and told why once', () => {
  const { worker, kinds, last, send } = working({ turnToolCalls: 2 });
  worker.say(call('1'), call('2'));
  expect(worker.calls).toEqual(['prompt a']);
  worker.say(call('3'));
  worker.say(call('4'));
  expect(worker.calls).toEqual(['prompt a', 'interrupt']);
  expect(kinds().filter((kind) => kind === 'error')).toHaveLength(1);
  expect(last('error')).toMatchObject({
    ...{ code: 'BUDGET_EXCEEDED', details: { limit: 'tool_calls', setting: 'session.max_tool_calls' } },
  });
  worker.say(done(null));
  send('b');
  worker.say(call('5'));
  expect(worker.calls).toEqual(['prompt a', 'interrupt', 'prompt b']);
});

test('[Q2] a turn that puts out too much is interrupted, whoever of them says it', () => {
  const { worker, last } = working({ turnOutput: 10 });
  worker.say({ type: 'message.start', data: { id: 'm', role: 'assistant', content_type: 'text' } });
  worker.say({ type: 'message.delta', data: { message_id: 'm', content: '123456' } });
  worker.say(call('1'), { type: 'tool_result', data: { id: '1', output: '12345' } });
  expect(worker.calls).toEqual(['prompt a', 'interrupt']);
  expect(last('error').details).toEqual({ limit: 'output', setting: 'session.max_output' });
});

test('without limits, and without figures, nothing is refused', () => {
  const { worker, send } = working({});
  worker.say(...Array.from({ length: 100 }, (_, at) => call(String(at))), done(null));
  send('b');
  expect(worker.calls).toEqual(['prompt a', 'prompt b']);
});
