import { expect, test } from 'vitest';
import { translateHook } from '../../../src/worker/claude-code/hook.ts';
import { toToolCalls } from '../../../src/worker/claude-code/judged-call.ts';
import { takeAnswer } from '../../../src/worker/claude-code/take-answer.ts';
import { only, replay } from './replay.ts';
import { playCli } from './scripted-cli.ts';

const called = (tool_name: string, tool_input: Record<string, unknown>) => ({
  ...{ type: 'control_request' as const, request_id: 'h' },
  request: {
    ...{ subtype: 'hook_callback', callback_id: 'pre_tool_use' },
    input: { hook_event_name: 'PreToolUse', tool_name, tool_input, tool_use_id: 't', cwd: '/repo/sub' },
  },
});

test('[E4] the hook is registered before the first prompt', () => {
  const { cli } = playCli();
  const [initialize] = cli().heard;
  expect(initialize?.request).toMatchObject({
    subtype: 'initialize',
    hooks: { PreToolUse: [{ hookCallbackIds: ['pre_tool_use'] }] },
  });
});

test('[E4] a recorded call of the hook is a tool that waits for the word of the session', () => {
  const { events } = replay('hooks-over-control');
  expect(only(events, 'tool.check')).toMatchObject([
    { tool_name: 'Bash', tool_call_id: 'toolu_fake0001_1', input_raw: { description: 'Say hello' } },
  ]);
});

test.each([
  [{ allowed: true }, { continue: true }, []],
  [
    { allowed: false, reason: 'no' },
    {
      continue: true,
      hookSpecificOutput: {
        ...{ hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: 'no' },
      },
    },
    ['t'],
  ],
])('[E4] answered %j, the CLI is told %j', (answer, told, refused) => {
  const { conversation } = replay('user-minimal');
  const [event] = translateHook(conversation, called('Bash', { command: 'ls' })) ?? [];
  expect(event).toMatchObject({
    type: 'tool.check',
    calls: [{ kind: 'command', command: 'ls', cwd: '/repo/sub' }],
  });
  const line = takeAnswer(conversation, { kind: 'permission', id: 'h', ...answer });
  expect(JSON.parse(line ?? '')).toMatchObject({ response: { request_id: 'h', response: told } });
  expect([...conversation.refused]).toEqual(refused);
});

const cwd = '/repo';
test.each([
  ['Bash', { command: 'ls' }, [{ kind: 'command', command: 'ls', cwd }]],
  ['Read', { file_path: '/a' }, [{ kind: 'read', path: '/a', cwd }]],
  ['Grep', { pattern: 'x' }, [{ kind: 'read', path: '.', cwd }]],
  [
    'Glob',
    { pattern: '~/.ssh/*' },
    [
      { kind: 'read', path: '.', cwd },
      { kind: 'read', path: '~/.ssh/*', cwd },
    ],
  ],
  ['Edit', { file_path: 'a' }, [{ kind: 'write', path: 'a', cwd }]],
  ['NotebookEdit', { notebook_path: 'a' }, [{ kind: 'write', path: 'a', cwd }]],
  ['WebFetch', { url: 'http://x' }, [{ kind: 'url', url: 'http://x' }]],
  ['mcp__git__log', {}, [{ kind: 'other', name: 'mcp__git__log' }]],
  ['Bash', { command: 7 }, []],
])('[P7] the tool %s with %j would do %j', (name, input, calls) => {
  expect(toToolCalls({ name, input }, cwd)).toEqual(calls);
});
