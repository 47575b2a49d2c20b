import { describe, expect, test } from 'vitest';
import { toPermission } from '../../../src/worker/opencode-cli/permission.ts';

const permission = (options: Partial<Parameters<typeof toPermission>[0]> = {}) =>
  toPermission({ mode: 'default', allowedTools: [], disallowedTools: [], ...options });

describe('what an agent may do that cannot ask', () => {
  test.each(['default', 'dontAsk', 'plan'])('[D5] in the mode %s it may only look', (mode) => {
    expect(new Set(Object.values(permission({ mode })))).toEqual(new Set(['deny']));
  });

  test('[D5] acceptEdits allows edits in the work dir and nothing else', () => {
    const allowed = Object.entries(permission({ mode: 'acceptEdits' })).filter(
      ([, rule]) => rule === 'allow',
    );
    expect(allowed.map(([name]) => name)).toEqual(['edit']);
  });

  test('[D5] tools are allowed by name, or by what they are asked with', () => {
    const rules = permission({ allowedTools: ['write', 'bash(git *)', 'bash(ls)'] });
    expect(rules.edit).toBe('allow');
    expect(rules.bash).toEqual({ '*': 'deny', 'git *': 'allow', ls: 'allow' });
    expect(rules.external_directory).toBe('deny');
  });

  test('[D5] what may not be used stays forbidden, and a plan changes nothing', () => {
    expect(permission({ allowedTools: ['edit'], disallowedTools: ['write'] }).edit).toBe('deny');
    expect(permission({ mode: 'plan', allowedTools: ['edit'] }).edit).toBe('deny');
    expect(permission({ mode: 'bypassPermissions', disallowedTools: ['bash'] }).bash).toBe('deny');
  });

  test('[H3] a pattern that OpenCode has no place for is refused by name', () => {
    expect(() => permission({ allowedTools: ['webfetch(example.org)'] })).toThrow('webfetch');
  });
});
