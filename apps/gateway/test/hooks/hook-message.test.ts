import { loggedEvents } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { type HookSession, toMessage } from '../../src/hooks/hook-message.ts';
import { toWords } from '../../src/hooks/to-words.ts';
import { withoutContent } from '../../src/hooks/without-content.ts';

const session: HookSession = {
  ...{ id: '12345678-aaaa', title: 'Fix the secret bug', ownerId: 'ann', workerType: 'demo' },
  workDir: '/home/ann/secret',
};
const event = (type: string, data: Record<string, unknown>) => ({
  ...{ seq: 7, id: 'evt_1', type, turnId: 'turn_1', timestamp: 1_700_000_000_000 },
  data: JSON.stringify(data),
});

test('the message has the outer shape of Standard Webhooks and the event of the protocol', () => {
  expect(toMessage(session, event('done', { success: true }), true)).toEqual({
    type: 'done',
    timestamp: '2023-11-14T22:13:20.000Z',
    data: {
      session: {
        ...{ id: '12345678-aaaa', worker_type: 'demo', owner: 'ann' },
        ...{ title: 'Fix the secret bug', work_dir: '/home/ann/secret' },
      },
      event: { id: 'evt_1', seq: 7, type: 'done', turn_id: 'turn_1', data: { success: true } },
    },
  });
});

/** A value for every field of every kind, each with the word in it that must not get out. */
const marked = (shape: Record<string, unknown>) =>
  Object.fromEntries(
    Object.keys(shape).map((name) => [name, name === 'stats' || name === 'budget' ? {} : `secret ${name}`]),
  );
/** Fields that name things and hold no words of anybody. */
const names =
  /secret (state|input_id|author|delivery|status|turn_id|turns|from|code|event_id|retryable|id|name|kind|parent_id|denied|stopped|step_type|duration|tool_name|tool_call_id|deadline_ms|allowed|by|reason|mcp_server_name|action|total_tokens|max_tokens|percentage|model|success|dropped)"/g;

test.each(Object.entries(loggedEvents))(
  '[L1] without content nothing of %s gets out that somebody wrote',
  (type, { data }) => {
    const all = marked(data.shape);
    const left = JSON.stringify(withoutContent(type, all)).replaceAll(names, '"');
    expect(left).not.toContain('secret');
    const message = toMessage(session, event(type, all), false);
    expect(JSON.stringify(message).replaceAll(names, '"')).not.toContain('secret');
    expect(toWords(message).replaceAll(/secret [a-z_]+/g, '')).not.toContain('secret');
  },
);

test.each([
  ['done', { success: true, stats: { duration_ms: 12_300, cost_usd: 0.104 } }, 'is done (12 s, $0.10).'],
  ['done', { success: false, stats: { stop_reason: 'interrupted' } }, 'was stopped.'],
  [
    'permission_request',
    { tool_name: 'Bash', policy: { command: 'rm -rf x' } },
    'asks whether it may use Bash: rm -rf x.',
  ],
  ['question_request', { questions: [{ question: 'Which one?' }] }, 'has a question: Which one?.'],
  ['question_request', { budget: { period: 'day' } }, 'waits: the budget of its day is used up.'],
  ['error', { code: 'WORKER_CRASH', message: 'it is gone' }, 'reports WORKER_CRASH: it is gone.'],
  ['plan', { entries: [] }, 'tells of plan.'],
])('%s in words', (type, data, words) => {
  expect(toWords(toMessage(session, event(type, data), true))).toBe(`Fix the secret bug ${words}`);
});

test('words are short, whatever an agent calls a thing', () => {
  const long = event('tool_call', { name: 'Bash', title: 'x'.repeat(10_000) });
  expect(toWords(toMessage(session, long, true)).length).toBeLessThanOrEqual(300);
});
