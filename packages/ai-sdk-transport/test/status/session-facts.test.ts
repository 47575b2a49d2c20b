import type { ServerEvent, TurnStats } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { nextFacts, noFacts } from '../../src/status/session-facts.ts';
import { prompt, status } from '../prompt-events.ts';
import { logOf, noStats, succeeded } from '../turn-script.ts';

const after = (...events: ServerEvent[]) => logOf(events).reduce(nextFacts, noFacts);

const asked: ServerEvent[] = [
  { type: 'permission_request', data: { id: 'p1', tool_name: 'Bash' } },
  { type: 'permission_request', data: { id: 'p2', tool_name: 'Write' } },
  { type: 'question_request', data: { id: 'q1', questions: [] } },
  { type: 'elicitation_request', data: { id: 'e1', mcp_server_name: 'crm', message: 'Which customer?' } },
];

test('[I2] the queue has what waits, as it was last edited, and nothing that ran or was taken back', () => {
  const { queue } = after(
    ...[prompt('i1', 'a'), prompt('i2', 'b'), prompt('i3', 'c'), prompt('i4', 'd')],
    status('i1', { turn_id: 'turn_1' }),
    status('i3', { status: 'queued', content: 'c, edited' }),
    status('i4', { status: 'cancelled' }),
  );
  expect(queue).toEqual([
    { inputId: 'i2', text: 'b', author: 'ada', files: [] },
    { inputId: 'i3', text: 'c, edited', author: 'ada', files: [] },
  ]);
});

test('[I2] a prompt that is files alone waits under their names', () => {
  const parts = [
    { type: 'text', text: 'see' },
    { type: 'file', file_id: 'f1', name: 'plan.md' },
    { type: 'file', file_id: 'f2' },
  ] as const;
  const { queue } = after({
    type: 'input',
    data: {
      input_id: 'i1',
      content: '',
      parts: [...parts],
      author: 'ada',
      delivery: 'queue',
      status: 'queued',
    },
  });
  expect(queue).toMatchObject([{ text: '', files: ['plan.md'] }]);
});

test('[E4] what the agent asks stands there until it is decided', () => {
  const by = { by: 'ada', reason: 'answered' } as const;
  const open = after(...asked, { type: 'permission.resolved', data: { id: 'p1', allowed: true, ...by } });
  expect(open.permissions.map(({ id }) => id)).toEqual(['p2']);
  expect(open.questions.map(({ id }) => id)).toEqual(['q1']);
  expect(open.elicitations.map(({ id }) => id)).toEqual(['e1']);
  const decided: ServerEvent[] = [
    { type: 'permission.resolved', data: { id: 'p2', allowed: false, ...by } },
    { type: 'question.resolved', data: { id: 'q1', answers: null, ...by } },
    { type: 'elicitation.resolved', data: { id: 'e1', action: 'cancel', ...by } },
  ];
  const { permissions, questions, elicitations } = after(...asked, ...decided, {
    type: 'permission.resolved',
    data: { id: 'p1', allowed: true, ...by },
  });
  expect([permissions, questions, elicitations]).toEqual([[], [], []]);
});

test('[S2] nobody can answer any more once the turn is over', () => {
  const { permissions, questions, elicitations } = after(...asked, succeeded);
  expect([permissions, questions, elicitations]).toEqual([[], [], []]);
});

test('[E3] figures are those of the last turn, and the sums of all', () => {
  const totals = { ...noStats, turn_count: 2, total_tokens: 30 };
  const { usage, totals: sums } = after(
    { type: 'done', data: { success: true, stats: { ...noStats, total_tokens: 10, _session: totals } } },
    { type: 'done', data: { success: false } },
  );
  expect(usage).toMatchObject({ total_tokens: 10 });
  expect(usage).not.toHaveProperty('_session');
  expect(sums).toEqual(totals);
});

const measured: ServerEvent = {
  type: 'context_usage',
  data: {
    total_tokens: 250,
    max_tokens: 1_000,
    percentage: 25,
    categories: [{ name: 'files', tokens: 250 }],
  },
};
const ended = (stats: Partial<TurnStats>): ServerEvent => ({
  type: 'done',
  data: { success: true, stats: { ...noStats, ...stats } },
});

test('[E3] a turn says anew how full the context is, of the size that is known; its parts are no longer true', () => {
  expect(after(measured).context).toEqual(measured.data);
  expect(after(measured, ended({ context_used_percent: 40 })).context).toEqual({
    percentage: 40,
    max_tokens: 1_000,
    total_tokens: 400,
  });
  expect(after(ended({ context_used_percent: 40 })).context).toEqual({ percentage: 40 });
});

test('[E3] a turn that says nothing of the context or the model leaves what was known', () => {
  const { context, model } = after(measured, ended({ model: 'opus' }), ended({}), succeeded);
  expect(context).toEqual(measured.data);
  expect(model).toBe('opus');
});

test('[R1] an event that came before changes nothing', () => {
  const log = logOf([prompt('i1', 'a'), { type: 'session.title', data: { title: 'one' } }]);
  const facts = log.reduce(nextFacts, noFacts);
  expect(facts).toMatchObject({ lastSeq: 2, title: 'one' });
  for (const envelope of log) expect(nextFacts(facts, envelope)).toBe(facts);
});
