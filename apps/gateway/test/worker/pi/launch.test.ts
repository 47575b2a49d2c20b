import { describe, expect, test } from 'vitest';
import { toPiEnvironment } from '../../../src/worker/pi/environment.ts';
import { toArguments } from '../../../src/worker/pi/launch.ts';
import { toSessionFolder } from '../../../src/worker/pi/session-folder.ts';

const options = {
  ...{ config: {}, sessionId: 'abc', gate: '/lib/pi-gate.mjs', trusted: false, sessionFolder: '/s' },
};
const pairs = ['--mode', 'rpc', '--session-id', 'abc', '--extension', '/lib/pi-gate.mjs'];

describe('arguments', () => {
  test('[B6] a work dir that is not trusted configures nothing', () => {
    expect(toArguments(options)).toEqual([
      ...pairs,
      ...['--no-approve', '--no-context-files', '--session-dir', '/s'],
    ]);
  });

  test('[B6] one that is trusted does', () => {
    expect(toArguments({ ...options, trusted: true })).toEqual([...pairs, '--approve']);
  });

  test('[I5] a branch of another has an id of its own', () => {
    expect(toArguments({ ...options, fork: 'other' })).toEqual(
      expect.arrayContaining(['--session-id', 'abc', '--fork', 'other']),
    );
  });

  test('[D3] model and unwanted tools have their flags', () => {
    const config = {
      model: 'anthropic/opus',
      disallowed_tools: ['bash', 'mcp__git__*'],
      allowed_tools: ['read'],
    };
    expect(toArguments({ ...options, config }).slice(-4)).toEqual([
      ...['--model', 'anthropic/opus', '--exclude-tools', 'bash,mcp__git__*'],
    ]);
  });

  test.each([
    { model: '-p' },
    { model: '' },
    { model: 'a\0b' },
    { allowed_tools: ['bash(git *)'] },
    { allowed_tools: ['--approve'] },
    { disallowed_tools: ['read,write'] },
    { disallowed_tools: [''] },
  ])('[D4] %j is refused', (config) => {
    expect(() => toArguments({ ...options, config })).toThrow(/is no possible value of/);
  });

  test('[D4] the system prompt is not among the arguments', () => {
    const config = { system_prompt: 'a secret of the company' };
    expect(toArguments({ ...options, config }).join()).not.toContain('secret');
  });
});

describe('environment', () => {
  test('[E1] only what is named passes, and our own settings win', () => {
    const environment = toPiEnvironment(
      {
        ...{ PATH: '/usr/bin', OPENAI_API_KEY: 'key', PI_CODING_AGENT_DIR: '/pi', PI_OFFLINE: '0' },
        ...{
          HOTPLEX_SECRET: 'no',
          GITHUB_TOKEN: 'no',
          AWS_SECRET_ACCESS_KEY: 'no',
          CLAUDECODE: '1',
          NODE_OPTIONS: '--require=evil',
        },
      },
      { setup: { systemPrompt: 'Be brief.' } },
    );
    expect(environment).toEqual({
      ...{ PATH: '/usr/bin', OPENAI_API_KEY: 'key', PI_CODING_AGENT_DIR: '/pi' },
      ...{ PI_OFFLINE: '1', PI_TELEMETRY: '0', PI_SKIP_VERSION_CHECK: '1' },
      PI_GATE_SETUP: '{"systemPrompt":"Be brief."}',
    });
  });
});

describe('conversations', () => {
  test.each([
    [{ HOME: '/home/me' }, '/home/me/.pi/agent/sessions/--nowhere-my-work--'],
    [{ HOME: '/home/me', PI_CODING_AGENT_DIR: '/pi' }, '/pi/sessions/--nowhere-my-work--'],
    [{ PI_CODING_AGENT_SESSION_DIR: '/elsewhere' }, undefined],
  ])('[S5] with %j they are in %s', (environment, folder) => {
    expect(toSessionFolder(environment, '/nowhere/my/work')).toBe(folder);
  });
});
