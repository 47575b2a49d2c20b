import { describe, expect, test } from 'vitest';
import { childEnvironment } from '../../src/process/environment.ts';

describe('childEnvironment', () => {
  test('[E1] is built from nothing: an allow-list and what the operator names', () => {
    const plain = {
      PATH: '/usr/bin',
      HOME: '/home/ada',
      USER: 'ada',
      LANG: 'C.UTF-8',
      LC_ALL: 'C.UTF-8',
      LC_TIME: 'de_DE.UTF-8',
      TERM: 'dumb',
      TZ: 'UTC',
      TMPDIR: '/tmp',
      SHELL: '/bin/sh',
    };
    const inherited = {
      ...plain,
      PWD: '/srv/gateway',
      AWS_SECRET_ACCESS_KEY: 's',
      ANTHROPIC_API_KEY: 'k',
      EMPTY: '',
    };
    expect(childEnvironment({ inherited })).toEqual(plain);
    expect(childEnvironment({ inherited, allow: ['ANTHROPIC_API_KEY', 'EMPTY', 'ABSENT'] })).toEqual({
      ...plain,
      ANTHROPIC_API_KEY: 'k',
      EMPTY: '',
    });
    expect(childEnvironment({ inherited: { PATH: undefined } })).toEqual({});
  });

  test('[E1] a name ending in * stands for a prefix, and * alone for nothing', () => {
    const inherited = { AWS_REGION: 'eu', AWS_PROFILE: 'dev', AWSOME: 'x' };
    expect(childEnvironment({ inherited, allow: ['AWS_*'] })).toEqual({
      AWS_REGION: 'eu',
      AWS_PROFILE: 'dev',
    });
    expect(childEnvironment({ inherited, allow: ['*', 'AWS'] })).toEqual({});
  });

  test('the adapter has the last word', () => {
    const inherited = { HOME: '/home/ada', ANTHROPIC_BASE_URL: 'https://inherited' };
    const extra = { HOME: '/home/agent', ANTHROPIC_BASE_URL: 'https://model' };
    expect(childEnvironment({ inherited, allow: ['ANTHROPIC_BASE_URL'], extra })).toEqual(extra);
  });

  const agentMarks = [
    'CLAUDECODE',
    'CLAUDE_CODE_ENTRYPOINT',
    'CLAUDE_CODE_SSE_PORT',
    'OPENCODE',
    'OPENCODE_PID',
    'CODEX_SANDBOX',
  ];
  test.each(agentMarks)('[E2] %s comes from the adapter or not at all', (name) => {
    expect(childEnvironment({ inherited: { [name]: 'outer' }, allow: [name] })).toEqual({});
    expect(
      childEnvironment({ inherited: { [name]: 'outer' }, allow: [name], extra: { [name]: 'own' } }),
    ).toEqual({
      [name]: 'own',
    });
  });

  const forbidden = [
    'HOTPLEX_API_KEY',
    'HOTPLEX_SIGNING_KEY',
    'LD_PRELOAD',
    'LD_LIBRARY_PATH',
    'DYLD_INSERT_LIBRARIES',
    'NODE_OPTIONS',
    'NODE_CHANNEL_FD',
    'BASH_ENV',
    'ENV',
    'BASH_FUNC_ls%%',
    'SHELLOPTS',
    'PROMPT_COMMAND',
    'PS4',
    'IFS',
    'PYTHONSTARTUP',
    'PYTHONPATH',
    'PERL5OPT',
    'RUBYOPT',
    'JAVA_TOOL_OPTIONS',
    'GIT_SSH_COMMAND',
    'GIT_SSH',
    'GIT_ASKPASS',
    'GIT_EDITOR',
    'GIT_SEQUENCE_EDITOR',
    'GIT_PAGER',
    'GIT_EXTERNAL_DIFF',
    'GIT_PROXY_COMMAND',
    'GIT_EXEC_PATH',
    'GIT_CONFIG_GLOBAL',
    'GIT_CONFIG_KEY_0',
    'SSH_ASKPASS',
    'SSH_AUTH_SOCK',
    'DBUS_SESSION_BUS_ADDRESS',
    'NOTIFY_SOCKET',
    'LISTEN_FDS',
    'LISTEN_PID',
    'WATCHDOG_USEC',
    'npm_config_registry',
    'npm_lifecycle_event',
    'NPM_CONFIG_USERCONFIG',
  ];
  test.each(forbidden)('[E2] %s is never given, whoever asks', (name) => {
    const given = { [name]: 'value' };
    const prefix = `${name.slice(0, 2)}*`;
    expect(childEnvironment({ inherited: given, allow: [name, prefix], extra: given })).toEqual({});
  });

  test.each([
    'GIT_AUTHOR_NAME',
    'LDAP_HOST',
    'ENVIRONMENT',
    'NODE_EXTRA_CA_CERTS',
    'NPM_TOKEN',
    'PYTHONUNBUFFERED',
  ])('[E2] %s only looks like a forbidden one', (name) => {
    expect(childEnvironment({ inherited: { [name]: 'value' }, allow: [name] })).toEqual({ [name]: 'value' });
  });

  const proxies: [string, string, boolean][] = [
    ['HTTPS_PROXY', 'http://proxy.internal:3128', true],
    ['NO_PROXY', 'localhost,.internal', true],
    ['HTTPS_PROXY', 'http://ada:secret@proxy.internal:3128', false],
    ['https_proxy', 'http://token@proxy.internal', false],
    ['ALL_PROXY', 'socks5://ada:secret@proxy.internal', false],
    ['http_proxy', 'ada:secret@proxy.internal:3128', false],
  ];
  test.each(proxies)('[E2] %s=%s is given: %s', (name, value, given) => {
    const environment = childEnvironment({ inherited: { [name]: value }, allow: [name] });
    expect(environment).toEqual(given ? { [name]: value } : {});
  });
});
