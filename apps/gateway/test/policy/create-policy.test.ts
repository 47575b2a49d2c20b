import { expect, test } from 'vitest';
import { createPolicy } from '../../src/policy/create-policy.ts';
import type { ToolCall, Verdict } from '../../src/policy/policy.ts';
import { context } from './judge-command.ts';

const answer = (reason: string): Verdict => ({ decision: 'allow', rule: 'none', reason });

const policy = createPolicy({
  decidePath: (call) => answer(`path ${call.path}`),
  decideUrl: (call) => answer(`url ${call.url}`),
  now: () => 0,
});

test.each([
  [{ kind: 'command', command: 'ls', cwd: context.workDir }, 'nothing speaks against it'],
  [{ kind: 'read', path: 'a', cwd: context.workDir }, 'path a'],
  [{ kind: 'write', path: 'b', cwd: context.workDir }, 'path b'],
  [{ kind: 'delete', path: 'c', cwd: context.workDir }, 'path c'],
  [{ kind: 'url', url: 'https://example.com' }, 'url https://example.com'],
] satisfies [ToolCall, string][])('%o is judged by its kind', (call, reason) => {
  expect(policy.decide(call, context)).toMatchObject({ decision: 'allow', reason });
});

test('[P7] a tool that nobody knows is a question', () => {
  expect(policy.decide({ kind: 'other', name: 'Deploy' }, context)).toMatchObject({
    decision: 'ask',
    rule: 'P7',
  });
});

test('[P7] a judge that throws is a question', () => {
  const broken = createPolicy({
    decidePath: () => {
      throw new Error('lost');
    },
    decideUrl: () => answer(''),
    now: () => 0,
  });
  expect(broken.decide({ kind: 'read', path: 'a', cwd: '/' }, context)).toMatchObject({
    decision: 'ask',
    rule: 'P7',
  });
});
