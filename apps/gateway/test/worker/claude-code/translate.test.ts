import { describe, expect, test } from 'vitest';
import { beginTurn, createConversation } from '../../../src/worker/claude-code/conversation.ts';
import { decodeRecord } from '../../../src/worker/claude-code/messages.ts';
import { translate } from '../../../src/worker/claude-code/translate.ts';
import { outline } from './replay.ts';

/** A conversation in a running turn, and a way to let the CLI say something. */
function inTurn(options: { resume?: string } = {}) {
  const conversation = createConversation({ workDir: '/work', ...options });
  beginTurn(conversation, { uuid: 'u1', inputId: 'i1' });
  const say = (...records: object[]) =>
    records.flatMap((record) => translate(conversation, decodeRecord(JSON.stringify(record))));
  say({ type: 'system', subtype: 'init', session_id: 's', model: 'm', user_message_uuids: ['u1'] });
  return { conversation, say };
}

const result = { type: 'result', subtype: 'success', is_error: false, user_message_uuids: ['u1'] };
const use = (id: string, name: string, input: object) => ({
  type: 'assistant',
  message: { id: 'm', content: [{ type: 'tool_use', id, name, input }] },
});
const resultOf = (id: string, more: object = {}) => ({
  type: 'user',
  message: { content: [{ type: 'tool_result', tool_use_id: id, content: 'ok' }] },
  ...more,
});

describe('strangers', () => {
  test.each([
    ['not json', 'claude.text'],
    ['"text"', 'claude.unknown'],
    ['{"type":"tool_progress","n":1}', 'claude.tool_progress'],
    ['{"type":"system","subtype":"hook_started"}', 'claude.system/hook_started'],
    ['{"type":"result"}', 'claude.result'],
  ])('[E1] %s is passed on as %s', (line, kind) => {
    const events = translate(createConversation({ workDir: '/' }), decodeRecord(line));
    expect(events).toMatchObject([{ type: 'raw', data: { kind } }]);
  });

  test('[E1] an unknown block does not hide its neighbours', () => {
    const { say } = inTurn();
    const content = [
      { type: 'server_tool_use', x: 1 },
      { type: 'text', text: 'Here.' },
    ];
    expect(outline(say({ type: 'assistant', message: { id: 'm', content } }))).toEqual(['message Here.']);
  });

  test('[E2] a result of a call that nobody saw is not called a result', () => {
    const { say } = inTurn();
    expect(outline(say(resultOf('ghost')))).toEqual(['raw']);
  });
});

describe('streams', () => {
  const event = (data: object) => ({ type: 'stream_event', event: data, parent_tool_use_id: null });
  const start = (id: string) => event({ type: 'message_start', message: { id } });
  const words = (index: number, text: string) =>
    event({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } });

  test('[E2] a stream that is asked for again takes its first words back', () => {
    const { say } = inTurn();
    const events = say(start('a'), words(0, 'Half an'), start('b'), words(0, 'A whole answer.'), {
      ...event({ type: 'content_block_stop', index: 0 }),
    });
    expect(outline(events)).toEqual(['text Half an', 'retract 1', 'text A whole answer.']);
  });

  test('[E2] the end of a turn ends its text', () => {
    const { say } = inTurn();
    expect(outline(say(start('a'), words(0, 'Cut'), result))).toEqual(['text Cut', 'done true null']);
  });

  test('[E1] the end of a turn fails the calls that got no result', () => {
    const { say } = inTurn();
    expect(outline(say(use('t', 'Bash', { command: 'x' }), result))).toEqual([
      'call Bash (execute): x',
      'update failed',
      'done true null',
    ]);
  });
});

describe('figures', () => {
  const usage = (inputTokens: number, costUSD: number) => ({
    m: { inputTokens, outputTokens: 1, cacheReadInputTokens: 0, cacheCreationInputTokens: 0, costUSD },
  });

  test('[E3] a CLI that only counts the whole is subtracted', () => {
    const { conversation, say } = inTurn();
    say({ ...result, modelUsage: usage(10, 0.25) });
    beginTurn(conversation, { uuid: 'u2', inputId: 'i2' });
    say({ type: 'command_lifecycle', command_uuid: 'u2', state: 'started' });
    expect(say({ ...result, modelUsage: usage(30, 1) })).toMatchObject([
      { data: { stats: { input_tokens: 20, output_tokens: 0, cost_usd: 0.75 } } },
    ]);
  });

  test('[E3] after a resume the first difference is unknown, and nothing is invented', () => {
    const { say } = inTurn({ resume: 's' });
    expect(say({ ...result, modelUsage: usage(10, 0.25) })).toMatchObject([
      { data: { stats: { input_tokens: null, total_tokens: null, cost_usd: null, duration_ms: null } } },
    ]);
  });
});

describe('lists of things to do', () => {
  test('[E1] TodoWrite says the whole list', () => {
    const { say } = inTurn();
    const todos = [
      { content: 'One', status: 'completed', activeForm: 'Doing one' },
      { content: 'Two', status: 'in_progress', activeForm: 'Doing two' },
    ];
    const events = say(use('t', 'TodoWrite', { todos }), resultOf('t'));
    expect(outline(events).at(-1)).toBe('plan One completed, Two in_progress');
  });

  test('[E1] a deleted task leaves the list, a failed change leaves it as it was', () => {
    const { say } = inTurn();
    const create = (id: string) => [
      use(`c${id}`, 'TaskCreate', { subject: id }),
      resultOf(`c${id}`, { tool_use_result: { task: { id, subject: `Task ${id}` } } }),
    ];
    say(...create('1'), ...create('2'));
    const events = say(use('d', 'TaskUpdate', { taskId: '1', status: 'deleted' }), resultOf('d'));
    expect(outline(events).at(-1)).toBe('plan Task 2 pending');
    const failed = { type: 'tool_result', tool_use_id: 'f', content: 'no', is_error: true };
    const after = say(use('f', 'TaskUpdate', { taskId: '2', status: 'completed' }), {
      type: 'user',
      message: { content: [failed] },
    });
    expect(outline(after)).not.toContainEqual(expect.stringContaining('plan'));
  });
});

test('[E4] the plan of plan mode is found in the file that was written', () => {
  const { say } = inTurn();
  say(use('w', 'Write', { file_path: '/home/me/.claude/plans/a-plan.md', content: 'Do it well' }));
  say(use('e', 'ExitPlanMode', {}));
  const request = { subtype: 'can_use_tool', tool_name: 'ExitPlanMode', input: {}, tool_use_id: 'e' };
  expect(say({ type: 'control_request', request_id: 'r', request })).toMatchObject([
    { data: { description: 'Do it well', input_raw: { plan: 'Do it well' } } },
  ]);
});
