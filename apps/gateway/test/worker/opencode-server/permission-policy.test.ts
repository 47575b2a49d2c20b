import { describe, expect, test } from 'vitest';
import type { PermissionRequest } from '../../../src/worker/opencode-server/messages.ts';
import { PermissionPolicy } from '../../../src/worker/opencode-server/permission-policy.ts';

function request(permission: string, patterns: string[], always: string[] = []): PermissionRequest {
  return { id: 'per_1', sessionID: 'ses_1', permission, patterns, metadata: {}, always, tool: undefined };
}

function policy(options: Partial<ConstructorParameters<typeof PermissionPolicy>[0]> = {}) {
  return new PermissionPolicy({
    mode: 'default',
    always: [],
    allowedTools: [],
    disallowedTools: [],
    ...options,
  });
}

const bash = request('bash', ['git status']);
const edit = request('edit', ['notes.txt']);
const outside = request('external_directory', ['/etc/*']);

describe('what needs a person', () => {
  test.each([
    ['default', 'ask', 'ask'],
    ['acceptEdits', 'ask', 'allow'],
    ['dontAsk', 'deny', 'deny'],
    ['plan', 'ask', 'deny'],
    ['bypassPermissions', 'allow', 'allow'],
  ])('[D5] in the mode %s a command is to %s and an edit to %s', (mode, command, change) => {
    const of = policy({ mode });
    const verdicts = [of.decide(bash, 'bash'), of.decide(edit, 'write')];
    expect(verdicts.map((verdict) => (typeof verdict === 'string' ? verdict : 'deny'))).toEqual([
      ...[command, change],
    ]);
  });

  test('[D5] edits that are accepted stay in the work dir', () => {
    expect(policy({ mode: 'acceptEdits' }).decide(outside, 'edit')).toBe('ask');
    expect(policy({ allowedTools: ['edit'] }).decide(outside, 'edit')).toBe('ask');
  });

  test('[D5] a tool is allowed by name, by its permission, or by a pattern that fits all it does', () => {
    expect(policy({ allowedTools: ['bash'] }).decide(bash, 'bash')).toBe('allow');
    expect(policy({ allowedTools: ['write'] }).decide(edit, 'edit')).toBe('ask');
    expect(policy({ allowedTools: ['edit'] }).decide(edit, 'write')).toBe('allow');
    const git = policy({ allowedTools: ['bash(git *)'] });
    expect(git.decide(bash, 'bash')).toBe('allow');
    expect(git.decide(request('bash', ['git']), 'bash')).toBe('allow');
    expect(git.decide(request('bash', ['gitx']), 'bash')).toBe('ask');
    expect(git.decide(request('bash', ['git status', 'rm -r x']), 'bash')).toBe('ask');
  });

  test('[D5] a tool that may not be used is refused in every mode', () => {
    const of = policy({ mode: 'bypassPermissions', disallowedTools: ['write'], allowedTools: ['edit'] });
    expect(of.decide(edit, 'edit')).toEqual({ deny: expect.stringContaining('edit') });
  });

  test('[E4] [P5] "always" is remembered for what was allowed, here and nowhere else', () => {
    const of = policy();
    of.allowAlways(request('bash', ['git status'], ['git status *']));
    expect(of.decide(bash, 'bash')).toBe('allow');
    expect(of.decide(request('bash', ['git status --short']), 'bash')).toBe('ask');
    expect(of.decide(request('bash', ['git push']), 'bash')).toBe('ask');
    expect(of.decide(request('webfetch', ['git status']), 'webfetch')).toBe('ask');
    expect(policy().decide(bash, 'bash')).toBe('ask');
  });
});
