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
