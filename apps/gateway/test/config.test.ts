import { expect, test } from 'vitest';
import { loadConfig } from '../src/config.ts';

const key = (letter: string) => letter.repeat(32);
const load = (env: Record<string, string>) => loadConfig({ file: undefined, env }).config;

test('[G12] a mapping comes from the environment as JSON', () => {
  const { worker } = load({
    HOTPLEX_WORKER_ACP_AGENTS: '{"mine": {"command": "mine-acp", "args": ["--acp"]}}',
  });
  expect(worker.acp.agents).toEqual({ mine: { command: 'mine-acp', args: ['--acp'] } });
});

test.each(['mine-acp', '{"mine": ', '[]'])('[G12] %s is no mapping, and what is one is said', (text) => {
  expect(() => load({ HOTPLEX_WORKER_ACP_AGENTS: text })).toThrow(
    /HOTPLEX_WORKER_ACP_AGENTS\) is wrong: must be a mapping such as \{"mine"/,
  );
});

test('[G12] API keys come from the environment as one list, one by one, or both', () => {
  const env = { HOTPLEX_SECURITY_API_KEYS: `${key('a')}, ${key('b')}`, HOTPLEX_SECURITY_API_KEY_1: key('c') };
  expect(load(env).security.api_keys.map((entry) => entry.key)).toEqual([key('a'), key('b'), key('c')]);
});

test('[G12] lists and flags come from the environment as words', () => {
  const { security, webchat } = load({
    HOTPLEX_SECURITY_ALLOWED_HOSTS: 'one.example, two.example,',
    HOTPLEX_WEBCHAT_ENABLED: 'false',
  });
  expect(security.allowed_hosts).toEqual(['one.example', 'two.example']);
  expect(webchat.enabled).toBe(false);
  expect(() => load({ HOTPLEX_WEBCHAT_ENABLED: 'yes' })).toThrow(/must be true or false/);
});

test('[G12] a time comes from the environment as in a file: with a unit, or in milliseconds', () => {
  const graceOf = (text: string) => load({ HOTPLEX_WORKER_ORPHAN_GRACE: text }).worker.orphan_grace;
  expect([graceOf('0'), graceOf('60000'), graceOf('1.5s'), graceOf('2m')]).toEqual([
    0, 60_000, 1_500, 120_000,
  ]);
  expect(() => graceOf('soon')).toThrow(/must be a number of milliseconds, or a time such as 500ms/);
});

test('what the documentation tells newcomers to export is not warned of', () => {
  const warnings = (env: Record<string, string>) => loadConfig({ file: undefined, env }).warnings;
  expect(warnings({ HOTPLEX_URL: 'http://127.0.0.1:8888', HOTPLEX_KEY: 'x', HOTPLEX_AGENT: 'demo' })).toEqual(
    [],
  );
  expect(warnings({ HOTPLEX_URLS: 'x' })).toEqual([
    'HOTPLEX_URLS names no setting of this gateway and has no effect',
  ]);
});
