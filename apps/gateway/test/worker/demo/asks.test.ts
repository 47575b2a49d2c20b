import { describe, expect, test } from 'vitest';
import { ofType } from '../../contracts/of-type.ts';
import type { RecordedWorker } from '../../contracts/recorded-worker.ts';
import { textOf } from '../../contracts/text-of.ts';
import { startDemo } from './start-demo.ts';

async function askPermission(agent: RecordedWorker) {
  const { from } = agent.prompt('permission');
  const { data } = await agent.next('permission_request', from);
  return { from, id: data.id };
}

describe('[E4] permission', () => {
  test('runs the input that the person changed', async () => {
    await using demo = await startDemo();
    const { from, id } = await askPermission(demo.agent);
    const updatedInput = { command: 'touch chosen.txt' };
    demo.agent.respond({ kind: 'permission', id, allowed: true, updatedInput });
    expect(textOf(await demo.agent.turnFrom(from))).toContain('`touch chosen.txt` would have run');
  });

  test('tells why it was denied', async () => {
    await using demo = await startDemo();
    const { from, id } = await askPermission(demo.agent);
    demo.agent.respond({ kind: 'permission', id, allowed: false, reason: 'it is too late for tea' });
    const turn = await demo.agent.turnFrom(from);
    expect(ofType(turn, 'tool_result')[0]?.data).toMatchObject({
      denied: true,
      error: 'Denied: it is too late for tea',
    });
    expect(textOf(turn)).toBe('I did not run it: it is too late for tea.');
  });

  test('denies if the chosen option contradicts `allowed`', async () => {
    await using demo = await startDemo();
    const { from, id } = await askPermission(demo.agent);
    demo.agent.respond({ kind: 'permission', id, allowed: true, optionId: 'deny' });
    expect(ofType(await demo.agent.turnFrom(from), 'tool_result')[0]?.data.denied).toBe(true);
  });

  test('ignores an answer to something it did not ask', async () => {
    await using demo = await startDemo();
    const { from, id } = await askPermission(demo.agent);
    demo.agent.respond({ kind: 'permission', id: 'ask_of_somebody_else', allowed: true });
    demo.agent.respond({ kind: 'question', id, answers: null });
    demo.agent.respond({ kind: 'permission', id, allowed: false });
    expect(textOf(await demo.agent.turnFrom(from))).toBe('I did not run it: you said no.');
  });

  test('what was allowed for the session is remembered by the process that resumes it', async () => {
    await using demo = await startDemo();
    const { from, id } = await askPermission(demo.agent);
    demo.agent.respond({ kind: 'permission', id, allowed: true, optionId: 'allow_session' });
    await demo.agent.turnFrom(from);
    const resumed = demo.startAnother({ resume: demo.agent.session });
    expect(textOf(await resumed.turn('permission'))).toContain('You allowed it');
    expect(resumed.all('permission_request')).toEqual([]);
  });
});

test('[E4] a question with several answers repeats them', async () => {
  await using demo = await startDemo();
  const { from } = demo.agent.prompt('question');
  const { data } = await demo.agent.next('question_request', from);
  expect(data.questions.map((question) => question.multi_select)).toEqual([false, true]);
  const answers = {
    'Which colour should the button have?': 'Blue',
    'Which fruits do you like?': ['Pear', 'Plum'],
  };
  demo.agent.respond({ kind: 'question', id: data.id, answers });
  expect(textOf(await demo.agent.turnFrom(from))).toContain(
    '- Which colour should the button have? **Blue**\n- Which fruits do you like? **Pear, Plum**',
  );
});

test.each([
  { action: 'accept', content: { name: 'Ada', cups: 2 }, says: '"name": "Ada"' },
  { action: 'decline', content: undefined, says: 'You declined the form.' },
  { action: 'cancel', content: undefined, says: 'The form was cancelled.' },
] as const)('[E4] a form can be answered with $action', async ({ action, content, says }) => {
  await using demo = await startDemo();
  const { from } = demo.agent.prompt('form');
  const { data } = await demo.agent.next('elicitation_request', from);
  expect(data).toMatchObject({ mcp_server_name: 'demo', requested_schema: { type: 'object' } });
  demo.agent.respond({ kind: 'elicitation', id: data.id, action, content });
  expect(textOf(await demo.agent.turnFrom(from))).toContain(says);
});
