import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DemoLine } from '../../../src/worker/demo/messages.ts';
import { translate } from '../../../src/worker/demo/translate.ts';

const events = (line: DemoLine) => translate(JSON.stringify(line), '/work');

describe('a line', () => {
  test('of streamed text becomes one delta of its block', () => {
    expect(events({ type: 'text', id: 'text_1', text: 'tea\u2028', parent: 'tool_1' })).toEqual([
      { type: 'message.delta', data: { message_id: 'text_1', content: 'tea\u2028', parent_id: 'tool_1' } },
    ]);
  });

  test('that greets tells what the agent can do, its conversation, and what it lost', () => {
    const nothing = { models: [], prompts: [], tools: [] };
    const hello = { type: 'hello' as const, version: '1', session: 's', ...nothing };
    expect(events({ ...hello, lost: 'gone' }).map(({ type }) => type)).toEqual([
      'worker.ready',
      'worker.session',
      'context.lost',
    ]);
    expect(events(hello).map(({ type }) => type)).toEqual(['worker.ready', 'worker.session']);
  });

  test('that ends a turn says where the conversation stands, unless an older gateway left the agent', () => {
    const times = { tools: 0, duration: 1, first_word: null };
    const older: DemoLine = {
      ...{ type: 'end', prompts: ['p'], success: true, stop: 'end_turn', model: 'demo', ...times },
    };
    const done = { type: 'done', data: { success: true, input_ids: ['p'] } };
    expect(events({ ...older, session: 's', turns: 2 })).toMatchObject([
      { ...done, data: { point: expect.any(String) } },
    ]);
    expect(events(older)).toMatchObject([done]);
  });

  test('of a tool call carries its place and its diff', () => {
    const diff = [{ path: 'a.ts', old_text: null, new_text: 'a' }];
    const call = { id: 't', name: 'edit_file', kind: 'edit', title: 'Edit a.ts', input: {} } as const;
    expect(events({ type: 'tool', ...call, path: 'a.ts', diff })).toEqual([
      { type: 'tool_call', data: { ...call, status: 'running', locations: [{ path: 'a.ts' }], diff } },
    ]);
  });

  test('that asks for permission offers once, for the session, and no', () => {
    const [event] = events({
      type: 'ask_permission',
      id: 'ask_1',
      tool: 'make_tea',
      call: 'tool_1',
      description: 'Tea?',
      input: { cups: 2 },
    });
    expect(event).toMatchObject({
      type: 'permission_request',
      data: {
        id: 'ask_1',
        tool_call_id: 'tool_1',
        input_raw: { cups: 2 },
        args: ['{"cups":2}'],
        options: [{ kind: 'allow_once' }, { kind: 'allow_always' }, { kind: 'reject_once' }],
      },
    });
  });
});

describe('what cannot be read', () => {
  test.each(['', 'null', '[]', '{"type":"unknown"}', '{"type":"text","id":1}', 'Segmentation fault'])(
    '%j is passed on raw',
    (raw) => {
      expect(translate(raw, '/work')).toEqual([{ type: 'raw', data: { kind: 'demo.unreadable', raw } }]);
    },
  );

  test('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(translate(text, '/work')).toHaveLength(1);
      }),
    );
  });
});
