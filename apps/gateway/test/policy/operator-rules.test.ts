import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createPolicy } from '../../src/policy/create-policy.ts';
import { decidePath } from '../../src/policy/path/decide-path.ts';
import type { OperatorRule, ToolCall } from '../../src/policy/policy.ts';
import { decideUrl } from '../../src/policy/url/decide-url.ts';

const workDir = realpathSync(mkdtempSync(join(tmpdir(), 'hotplex-rules-')));
for (const name of ['migrations', 'sub']) mkdirSync(join(workDir, name));
afterAll(() => rmSync(workDir, { recursive: true }));

const rules: readonly OperatorRule[] = [
  { name: 'no-push', decision: 'deny', command: 'git push', reason: 'people push, agents do not' },
  { name: 'ask-npm', decision: 'ask', command: 'npm* test' },
  { name: 'no-migrations', decision: 'deny', path: 'migrations' },
  { name: 'no-keys', decision: 'deny', path: '*.pem' },
  { name: 'no-pastebin', decision: 'deny', host: '*pastebin.com' },
  { name: 'no-deploy', decision: 'deny', tool: 'mcp__deploy__*' },
];
const policy = createPolicy({ decidePath, decideUrl, now: () => performance.now() });
const judge = (call: ToolCall) =>
  policy.decide(call, { workDir, home: '/home/agent', gatewayDirs: [], gatewayPorts: [], rules });
const command = (text: string) => judge({ kind: 'command', command: text, cwd: workDir });

test.each([
  ['git push', 'deny', 'operator:no-push'],
  ['/usr/bin/git -C sub push origin main', 'deny', 'operator:no-push'],
  ['cd sub && git commit -m x; git "pu"sh', 'deny', 'operator:no-push'],
  ["bash -c 'git push'", 'deny', 'operator:no-push'],
  ['x=push; git $x', 'deny', 'operator:no-push'],
  ['f() { git push; }', 'deny', 'operator:no-push'],
  ['git status', 'allow', 'none'],
  ['echo git push', 'allow', 'none'],
  ['npm run test', 'ask', 'operator:ask-npm'],
  // What is refused already stays refused for its own reason.
  ['rm -rf / ; npm test', 'deny', 'N1'],
  ['cat migrations/0001.sql', 'deny', 'operator:no-migrations'],
  ['cat keys/server.pem', 'deny', 'operator:no-keys'],
])('[C5] the command %s is answered with %s by %s', (text, decision, rule) => {
  expect(command(text)).toMatchObject({ decision, rule });
});

test.each<[ToolCall, string, string]>([
  [{ kind: 'write', path: 'migrations/0002.sql', cwd: workDir }, 'deny', 'operator:no-migrations'],
  [{ kind: 'write', path: 'sub/../migrations/x', cwd: workDir }, 'deny', 'operator:no-migrations'],
  [{ kind: 'write', path: 'migrations.md', cwd: workDir }, 'allow', 'none'],
  [{ kind: 'url', url: 'https://www.pastebin.com/x' }, 'deny', 'operator:no-pastebin'],
  [{ kind: 'url', url: 'https://example.com/?q=pastebin.com' }, 'allow', 'none'],
  [{ kind: 'other', name: 'mcp__deploy__start' }, 'deny', 'operator:no-deploy'],
  [{ kind: 'other', name: 'mcp__read__start' }, 'ask', 'P7'],
])('[C5] %j is answered with %s by %s', (call, decision, rule) => {
  expect(judge(call)).toMatchObject({ decision, rule });
});

test('a rule gives its own reason', () => {
  expect(command('git push').reason).toBe('people push, agents do not');
  expect(command('npm test').reason).toBe('whoever runs this gateway wants it so');
});

test('[C5] a pattern of many stars is no way to stop the gateway', () => {
  const stars = [{ name: 'stars', decision: 'deny', command: `x ${'*a'.repeat(60)}*b` } as const];
  const context = { workDir, home: '/home/agent', gatewayDirs: [], gatewayPorts: [], rules: stars };
  const since = performance.now();
  policy.decide({ kind: 'command', command: `x ${'a'.repeat(5_000)}`, cwd: workDir }, context);
  expect(performance.now() - since).toBeLessThan(2_000);
});
