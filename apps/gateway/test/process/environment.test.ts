import { expect, test } from 'vitest';
import { childEnvironment } from '../../src/process/environment.ts';

test('[E1] only what is listed is there', () => {
  const inherited = {
    PATH: '/bin',
    HOME: '/h',
    LC_ALL: 'C',
    SECRET: 'x',
    ANTHROPIC_API_KEY: 'k',
    ANTHROPIC_MODEL: 'm',
    GONE: undefined,
  };
  expect(childEnvironment({ inherited, allow: ['ANTHROPIC_*'], extra: { MODE: '1' } })).toEqual({
    ...{ PATH: '/bin', HOME: '/h', LC_ALL: 'C', ANTHROPIC_API_KEY: 'k', ANTHROPIC_MODEL: 'm', MODE: '1' },
  });
});

const dangerous = [
  'HOTPLEX_SECURITY_API_KEY_1',
  'CLAUDECODE',
  'CLAUDE_CODE_ENTRYPOINT',
  'LD_PRELOAD',
  'DYLD_INSERT_LIBRARIES',
  'NODE_OPTIONS',
  'BASH_ENV',
  'ENV',
  'BASH_FUNC_x%%',
  'GIT_SSH_COMMAND',
  'PYTHONSTARTUP',
  'SSH_AUTH_SOCK',
  'DBUS_SESSION_BUS_ADDRESS',
  'NOTIFY_SOCKET',
  'LISTEN_FDS',
  'npm_config_registry',
  'OPENCODE',
  'CODEX_HOME',
];

test.each(dangerous)('[E2] %s is never passed on, not even when it is listed', (name) => {
  expect(childEnvironment({ inherited: { [name]: 'x' }, allow: [name, '*'] })).toEqual({});
});

test('[E2] a proxy with a password in it stays here', () => {
  const inherited = { https_proxy: 'http://user:pass@proxy:1', HTTP_PROXY: 'http://proxy:1' };
  expect(childEnvironment({ inherited, allow: ['https_proxy', 'HTTP_PROXY'] })).toEqual({
    HTTP_PROXY: 'http://proxy:1',
  });
});
