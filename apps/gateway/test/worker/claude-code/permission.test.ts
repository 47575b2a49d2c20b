import { describe, expect, test } from 'vitest';
import type { OpenAsk } from '../../../src/worker/claude-code/conversation.ts';
import { beginTurn, createConversation } from '../../../src/worker/claude-code/conversation.ts';
import { decodeRecord } from '../../../src/worker/claude-code/messages.ts';
import { toPermissionAnswer } from '../../../src/worker/claude-code/permission.ts';
import { translate } from '../../../src/worker/claude-code/translate.ts';
import { only } from './replay.ts';

const id = 'r';
const input = { command: 'make' };
const rule = { type: 'addRules', behavior: 'allow', rules: [{ toolName: 'Bash' }], destination: 'session' };
const ask: OpenAsk = { kind: 'permission', toolCallId: 't', input, sessionRules: [rule] };

describe('answers to a permission', () => {
  test.each([
    [{ allowed: true }, { behavior: 'allow', updatedInput: input }],
    [
      { allowed: true, optionId: 'allow_once' },
      { behavior: 'allow', updatedInput: input },
    ],
    [
      { allowed: true, optionId: 'allow_session' },
      { behavior: 'allow', updatedInput: input, updatedPermissions: [rule] },
    ],
    [
      { allowed: true, updatedInput: { command: 'make test' } },
      { behavior: 'allow', updatedInput: { command: 'make test' } },
    ],
    [{ allowed: false }, { behavior: 'deny', message: 'The user denied this.' }],
    [
      { allowed: false, reason: ' too risky ' },
      { behavior: 'deny', message: 'too risky' },
    ],
    [
      { allowed: true, optionId: 'deny' },
      { behavior: 'deny', message: 'The user denied this.' },
    ],
  ])('[E4] %j', (response, answer) => {
    expect(toPermissionAnswer(ask, { kind: 'permission', id, ...response })).toEqual(answer);
  });

  test('[E4] an answer of another kind denies', () => {
    expect(toPermissionAnswer(ask, { kind: 'question', id, answers: {} }).behavior).toBe('deny');
    expect(toPermissionAnswer(ask, { kind: 'elicitation', id, action: 'accept' }).behavior).toBe('deny');
  });
});

describe('answers to a question', () => {
  const questions = [{ question: 'Which?', options: [] }];
  const question: OpenAsk = { kind: 'question', toolCallId: 't', input: { questions }, sessionRules: [] };

  test('[E4] the questions go back with the answers, several joined', () => {
    const answers = { 'Which?': ['A', 'B'], 'How?': 'fast' };
    expect(toPermissionAnswer(question, { kind: 'question', id, answers })).toEqual({
      behavior: 'allow',
      updatedInput: { questions, answers: { 'Which?': 'A, B', 'How?': 'fast' } },
    });
  });

  test('[E4] nobody answered', () => {
    expect(toPermissionAnswer(question, { kind: 'question', id, answers: null })).toEqual({
      behavior: 'deny',
      message: 'The user did not answer.',
    });
  });
});

describe('what may be remembered', () => {
  const offer = (suggestions: object[]) => {
    const conversation = createConversation({ workDir: '/work' });
    beginTurn(conversation, { uuid: 'u', inputId: 'i' });
    const request = {
      subtype: 'can_use_tool',
      tool_name: 'Bash',
      input,
      permission_suggestions: suggestions,
    };
    const record = decodeRecord(JSON.stringify({ type: 'control_request', request_id: id, request }));
    const options = only(translate(conversation, record), 'permission_request')[0]?.options;
    return { ids: options?.map((option) => option.id), rules: conversation.asks.get(id)?.sessionRules };
  };
  const local = { ...rule, destination: 'localSettings' };
  const mode = { type: 'setMode', mode: 'acceptEdits', destination: 'session' };
  const folder = { type: 'addDirectories', directories: ['/tmp'], destination: 'projectSettings' };

  test('[E4] rules and folders, for this session, whatever the CLI proposes', () => {
    expect(offer([local, folder, mode])).toEqual({
      ids: ['allow_once', 'allow_session', 'deny'],
      rules: [rule, { ...folder, destination: 'session' }],
    });
  });

  test('[E4] no mode alone, and no rule that denies', () => {
    const once = { ids: ['allow_once', 'deny'], rules: [] };
    expect(offer([mode])).toEqual(once);
    expect(offer([folder])).toEqual(once);
    expect(offer([{ ...local, behavior: 'deny' }])).toEqual(once);
  });
});
