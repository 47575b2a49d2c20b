import { describe, expect, test } from 'vitest';
import { toDialogAnswer, translateDialog } from '../../../src/worker/pi/dialog.ts';
import { createPolicy, decide, matches } from '../../../src/worker/pi/permission.ts';
import type { InteractionResponse } from '../../../src/worker/worker.ts';
import { ofType } from '../../contracts/of-type.ts';
import { newConversation } from './replay.ts';

type Ask = Parameters<typeof decide>[1];
const ask = (tool: string, input: Record<string, unknown>, inside = true): Ask => ({
  kind: 'permission',
  ...{ toolCallId: 't', tool, input, inside },
});
const policy = (mode: string, allowed_tools: string[] = []) => ({
  ...createPolicy({ allowed_tools, disallowed_tools: ['danger*'] }),
  mode,
});
const request = (title: unknown) => ({
  ...{ type: 'extension_ui_request' as const, id: 'r', method: 'select' },
  title: typeof title === 'string' ? title : JSON.stringify(title),
});

describe('who decides', () => {
  test.each([
    ['default', ask('read', { path: 'a' }), 'allow'],
    ['default', ask('ls', {}), 'allow'],
    ['default', ask('read', { path: '/etc/passwd' }, false), 'ask'],
    ['default', ask('bash', { command: 'ls' }), 'ask'],
    ['default', ask('write', { path: 'a' }), 'ask'],
    ['default', ask('mcp__git__log', {}), 'ask'],
    ['default', ask('ask_user', {}), 'allow'],
    ['acceptEdits', ask('edit', { path: 'a' }), 'allow'],
    ['acceptEdits', ask('edit', { path: '../a' }, false), 'ask'],
    ['acceptEdits', ask('write', { path: '.git/hooks/pre-commit' }), 'ask'],
    ['acceptEdits', ask('write', { path: 'sub/.pi/extensions/x.ts' }), 'ask'],
    ['acceptEdits', ask('bash', { command: 'ls' }), 'ask'],
    ['dontAsk', ask('read', { path: 'a' }), 'allow'],
    ['dontAsk', ask('bash', { command: 'ls' }), 'deny'],
    ['bypassPermissions', ask('bash', { command: 'ls' }), 'allow'],
    ['bypassPermissions', ask('dangerous', {}), 'deny'],
  ])('[E4] %s %j: %s', (mode, asked, decision) => {
    expect(decide(policy(mode), asked)).toBe(decision);
  });

  test('[E4] a request that does not say where its path lies is asked about', () => {
    const { inside: _, ...unknown } = ask('read', { path: 'a' });
    expect(decide(policy('default'), unknown)).toBe('ask');
  });

  test.each([
    ['bash', 'bash', true],
    ['bash', 'bas', false],
    ['mcp__git__log', 'mcp__git__*', true],
    ['mcp__gitx__log', 'mcp__git__*', false],
    ['axb', 'a.b', false],
  ])('[D3] %s is meant by %s: %s', (tool, pattern, meant) => {
    expect(matches(tool, pattern)).toBe(meant);
    expect(decide(policy('dontAsk', [pattern]), ask(tool, {}))).toBe(meant ? 'allow' : 'deny');
  });
});

describe('answers', () => {
  const answer = (asked: object, response: object, conversation = newConversation()) => {
    const events = translateDialog(conversation, request(asked)).events;
    const open = conversation.asks.get('r');
    if (!open) throw new Error(`nothing was asked: ${JSON.stringify(events)}`);
    return toDialogAnswer(conversation, open, response as InteractionResponse);
  };
  const said = (asked: object, response: object, conversation = newConversation()) => {
    const given = answer(asked, { kind: 'permission', id: 'r', ...response }, conversation);
    return 'value' in given ? JSON.parse(given.value) : given;
  };
  const bash = ask('bash', { command: 'make' });

  test.each([
    [{ allowed: true }, { allowed: true }],
    [{ allowed: true, optionId: 'allow_once' }, { allowed: true }],
    [
      { allowed: true, updatedInput: { command: 'make test' } },
      { allowed: true, input: { command: 'make test' } },
    ],
    [{ allowed: false }, { allowed: false, reason: 'The user denied this.' }],
    [
      { allowed: false, reason: ' too risky ' },
      { allowed: false, reason: 'too risky' },
    ],
    [
      { allowed: true, optionId: 'deny' },
      { allowed: false, reason: 'The user denied this.' },
    ],
  ])('[E4] %j', (response, expected) => expect(said(bash, response)).toEqual(expected));

  test('[E4] an answer of another kind denies', () => {
    expect(answer(bash, { kind: 'question', id: 'r', answers: {} })).toEqual({
      value: '{"allowed":false,"reason":"The user denied this."}',
    });
  });

  test.each([
    [bash, bash, ask('bash', { command: 'make all' })],
    // What was allowed is the command, and not the program in front of it.
    [
      ask('bash', { command: 'env A=1 make' }),
      ask('bash', { command: 'env A=1 make' }),
      ask('bash', { command: "env A=1 sh -c 'make'" }),
    ],
    [ask('write', { path: 'a' }), ask('write', { path: 'b' }), ask('write', { path: '/b' }, false)],
    [ask('write', { path: 'a' }), ask('write', { path: 'b' }), ask('write', { path: '.git/config' })],
    [
      ask('read', { path: '/a' }, false),
      ask('read', { path: '/a' }, false),
      ask('read', { path: '/b' }, false),
    ],
    [ask('deploy', { to: 'a' }), ask('deploy', { to: 'a' }), ask('deploy', { to: 'b' })],
  ])(
    '[E4] [P5] [CVE-2026-29607] allowed for the session: %j is, and so is %j, but not %j',
    (asked, same, other) => {
      const conversation = newConversation();
      said(asked, { allowed: true, optionId: 'allow_session' }, conversation);
      expect(decide(conversation.policy, same)).toBe('allow');
      expect(decide(conversation.policy, other)).toBe('ask');
    },
  );

  test('[E4] what the mode forbids is denied without asking', () => {
    const conversation = newConversation('dontAsk');
    const { events, answer: given } = translateDialog(conversation, request(bash));
    expect(events).toEqual([]);
    expect(given).toMatchObject({ value: expect.stringContaining('"allowed":false') });
    expect([...conversation.refused]).toEqual(['t']);
  });

  test('[E4] the agent’s own questions, and their answers', () => {
    const conversation = newConversation();
    const questions = [{ question: 'Which?', options: [{ label: 'A' }] }, { question: 'Why?' }];
    const asked = { kind: 'question', toolCallId: 't', questions };
    const [event] = ofType(translateDialog(conversation, request(asked)).events, 'question_request');
    expect(event?.data).toMatchObject({
      tool_call_id: 't',
      questions: [{ options: [{ label: 'A' }] }, { options: [] }],
    });
    expect(answer(asked, { kind: 'question', id: 'r', answers: { 'Which?': 'A' } })).toEqual({
      value: '{"Which?":"A"}',
    });
    expect(answer(asked, { kind: 'question', id: 'r', answers: null })).toEqual({ cancelled: true });
  });

  test.each([
    ['select', 'Red', { value: 'Red' }],
    ['select', 'Green', { cancelled: true }],
    ['confirm', 'Yes', { confirmed: true }],
    ['confirm', 'No', { confirmed: false }],
    ['input', 'anything', { value: 'anything' }],
    ['editor', 'two\nlines', { value: 'two\nlines' }],
  ])('[E4] a dialog %s answered with %j', (method, given, expected) => {
    const conversation = newConversation();
    translateDialog(conversation, { ...request('Which?'), method, options: ['Red', 'Blue'] });
    const open = conversation.asks.get('r');
    if (!open) throw new Error('nothing was asked');
    const response = { kind: 'question', id: 'r', answers: { 'Which?': given } } as const;
    expect(toDialogAnswer(conversation, open, response)).toEqual(expected);
    expect(toDialogAnswer(conversation, open, { ...response, answers: {} })).toEqual({ cancelled: true });
  });

  test('[E4] a title that only looks like ours is a question like any other', () => {
    for (const title of ['{"kind":"permission"}', '{broken', '{"kind":"else"}']) {
      const { events, answer: given } = translateDialog(newConversation('bypassPermissions'), request(title));
      expect(given).toBeUndefined();
      expect(events).toMatchObject([{ type: 'question_request' }]);
    }
  });
});
