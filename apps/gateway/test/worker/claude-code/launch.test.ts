import { describe, expect, test } from 'vitest';
import { toClaudeEnvironment } from '../../../src/worker/claude-code/environment.ts';
import { toArguments } from '../../../src/worker/claude-code/launch.ts';

const fresh = { create: '11111111-1111-4111-8111-111111111111' };

describe('arguments', () => {
  test('[D3] every field of the configuration behind its own flag', () => {
    const config = {
      model: 'opus',
      permission_mode: 'plan' as const,
      max_turns: 3,
      allowed_tools: ['Bash(git *)', 'Edit'],
      disallowed_tools: ['WebFetch'],
    };
    expect(toArguments({ config, conversation: fresh, trusted: false })).toEqual([
      '-p',
      '--input-format=stream-json',
      '--output-format=stream-json',
      '--verbose',
      '--include-partial-messages',
      '--permission-prompt-tool=stdio',
      '--setting-sources=user',
      '--session-id=11111111-1111-4111-8111-111111111111',
      '--model=opus',
      '--permission-mode=plan',
      '--max-turns=3',
      '--allowedTools=Bash(git *),Edit',
      '--disallowedTools=ListAgents,SendMessage,CronCreate,CronDelete,CronList,ScheduleWakeup,WebFetch',
    ]);
  });

  test('[S5] a known conversation is resumed, a new one named', () => {
    const resumed = toArguments({ config: {}, conversation: { resume: 'abc' }, trusted: false });
    expect(resumed).toContain('--resume=abc');
    expect(resumed.join()).not.toContain('--session-id');
  });

  test('[I5] a branch of another has an id of its own', () => {
    const branch = { create: '11111111-1111-4111-8111-111111111111', fork: 'abc' };
    expect(toArguments({ config: {}, conversation: branch, trusted: false })).toEqual(
      expect.arrayContaining(['--resume=abc', '--fork-session', `--session-id=${branch.create}`]),
    );
  });

  test('[B6] the repository configures the agent only if it is trusted', () => {
    expect(toArguments({ config: {}, conversation: fresh, trusted: true })).toContain(
      '--setting-sources=user,project,local',
    );
  });

  test.each([
    { model: '-p' },
    { model: '--settings={}' },
    { model: 'a\0b' },
    { allowed_tools: ['Bash', '--dangerously-skip-permissions'] },
    { disallowed_tools: [''] },
  ])('[D4] %j is refused', (config) => {
    expect(() => toArguments({ config, conversation: fresh, trusted: false })).toThrow(
      /is no possible value of/,
    );
  });

  test('[D4] the system prompt is not among the arguments', () => {
    const config = { system_prompt: 'a secret of the company' };
    expect(toArguments({ config, conversation: fresh, trusted: false }).join()).not.toContain('secret');
  });
});

describe('environment', () => {
  test('[E1] [D2] only what is named passes, and our own settings win', () => {
    const environment = toClaudeEnvironment({
      PATH: '/usr/bin',
      LC_ALL: 'C',
      ANTHROPIC_API_KEY: 'key',
      CLAUDE_CODE_OAUTH_TOKEN: 'token',
      DISABLE_AUTOUPDATER: '0',
      HOTPLEX_SECRET: 'no',
      AWS_SECRET_ACCESS_KEY: 'no',
      CLAUDECODE: '1',
      NODE_OPTIONS: '--require=evil',
      UNSET: undefined,
    });
    expect(environment).toEqual({
      PATH: '/usr/bin',
      LC_ALL: 'C',
      ANTHROPIC_API_KEY: 'key',
      CLAUDE_CODE_OAUTH_TOKEN: 'token',
      CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
      DISABLE_BUG_COMMAND: '1',
      DISABLE_AUTOUPDATER: '1',
    });
  });
});
