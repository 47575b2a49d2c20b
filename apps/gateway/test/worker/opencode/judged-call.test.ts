import { expect, test } from 'vitest';
import { toToolCalls } from '../../../src/worker/opencode/judged-call.ts';

const cwd = '/project';
const patch = [
  ...['*** Begin Patch', '*** Update File: a.ts', '*** Move to: ../b.ts', '@@', '-x', '+y'],
  ...['*** Add File: .git/hooks/pre-commit', '+evil', '*** Delete File: c.ts', '*** End Patch'],
].join('\n');

test.each([
  ['bash', { command: 'ls' }, [{ kind: 'command', command: 'ls', cwd }]],
  ['bash', { command: 'ls', workdir: 'sub' }, [{ kind: 'command', command: 'ls', cwd: '/project/sub' }]],
  ['bash', { command: 'ls', workdir: '/etc' }, [{ kind: 'command', command: 'ls', cwd: '/etc' }]],
  ['bash', {}, []],
  ['read', { filePath: '/etc/shadow' }, [{ kind: 'read', path: '/etc/shadow', cwd }]],
  ['read', { filePath: 7 }, []],
  ['lsp', { filePath: 'a.ts', operation: 'hover' }, [{ kind: 'read', path: 'a.ts', cwd }]],
  ['grep', { pattern: 'x' }, [{ kind: 'read', path: '.', cwd }]],
  ['glob', { pattern: '*', path: '/root/.ssh' }, [{ kind: 'read', path: '/root/.ssh', cwd }]],
  [
    'grep',
    { pattern: 'x', filePath: 'README.md', path: '/root/.ssh' },
    [{ kind: 'read', path: '/root/.ssh', cwd }],
  ],
  ['read', { path: 'README.md', filePath: '/etc/shadow' }, [{ kind: 'read', path: '/etc/shadow', cwd }]],
  [
    'apply_patch',
    { patchText: '*** Add File: notes.md\r/../.claude/settings.json' },
    [{ kind: 'write', path: 'notes.md\r/../.claude/settings.json', cwd }],
  ],
  ['list', { path: '..' }, [{ kind: 'read', path: '..', cwd }]],
  ['write', { filePath: 'a', content: '' }, [{ kind: 'write', path: 'a', cwd }]],
  ['edit', { filePath: 'a' }, [{ kind: 'write', path: 'a', cwd }]],
  ['multiedit', { filePath: 'a', edits: [] }, [{ kind: 'write', path: 'a', cwd }]],
  ['write', {}, []],
  [
    'apply_patch',
    { patchText: patch },
    ['a.ts', '../b.ts', '.git/hooks/pre-commit', 'c.ts'].map((path) => ({ kind: 'write', path, cwd })),
  ],
  ['apply_patch', { patchText: 'nonsense' }, []],
  ['webfetch', { url: 'http://169.254.169.254/' }, [{ kind: 'url', url: 'http://169.254.169.254/' }]],
  ['webfetch', {}, []],
  ['task', { prompt: 'rm -rf /' }, [{ kind: 'other', name: 'task' }]],
  ['github_create_issue', { path: 'x' }, [{ kind: 'other', name: 'github_create_issue' }]],
])('[P1] OpenCode’s %s %j is judged as what it would do', (name, input, calls) => {
  expect(toToolCalls({ name, input }, cwd)).toEqual(calls);
});
