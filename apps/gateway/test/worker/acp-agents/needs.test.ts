import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { toAgentNeeds } from '../../../src/worker/acp-agents/needs.ts';
import { openSandbox } from '../../process/sandbox/open-sandbox.ts';

test.each([
  {
    name: 'codex',
    planted: ['config.toml', 'hooks.json', 'rules/default.rules', 'agents/x.toml', 'plugins/x/mcp.json'],
    own: ['auth.json', 'sessions/2026/x.jsonl', 'history.jsonl'],
  },
  {
    name: 'gemini',
    planted: ['settings.json', 'trustedFolders.json', 'policies/auto-saved.toml', 'commands/x.toml'],
    own: ['oauth_creds.json', 'tmp/x/chats/y.json', 'projects.json'],
  },
])('[B5] $name keeps its own state, and plants nothing that a person’s own sessions run', async (agent) => {
  using bench = openSandbox();
  const folder = join(bench.home, `.${agent.name}`);
  const [present = '', ...missing] = agent.planted;
  mkdirSync(folder);
  writeFileSync(join(folder, present), 'of the user');
  const write = (path: string) => `mkdir -p ${dirname(join(folder, path))}; echo x > ${join(folder, path)}`;
  const script = [...agent.planted, ...agent.own].map(write).join('\n');
  const needs = { ...toAgentNeeds({ name: agent.name }, { HOME: bench.home }), workDir: bench.workDir };
  await using fake = bench.start(script, { needs });
  await fake.exit;
  expect(readFileSync(join(folder, present), 'utf8')).toBe('of the user');
  for (const path of missing) {
    const text = existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8').trim() : '';
    expect([path, ['', '{}'].includes(text)]).toEqual([path, true]);
  }
  for (const path of agent.own) expect(readFileSync(join(folder, path), 'utf8')).toBe('x\n');
});
