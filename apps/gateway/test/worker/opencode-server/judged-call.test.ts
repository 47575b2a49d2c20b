import { expect, test } from 'vitest';
import { toJudgedCalls } from '../../../src/worker/opencode-server/judged-call.ts';

const workDir = '/project';
const request = (permission: string, metadata: Record<string, unknown> = {}, patterns = ['tmp/a']) => ({
  ...{ id: 'per_1', sessionID: 'ses_1', permission, patterns, metadata, always: [], tool: undefined },
});

test.each([
  ['bash', {}, { command: 'ls; pwd' }, [{ kind: 'command', command: 'ls; pwd', cwd: workDir }]],
  ['bash', {}, { command: 'ls', workdir: 'sub' }, [{ kind: 'command', command: 'ls', cwd: '/project/sub' }]],
  ['bash', {}, {}, [{ kind: 'command', command: 'tmp/a', cwd: workDir }]],
  ['edit', { filepath: '/project/a' }, {}, [{ kind: 'write', path: '/project/a', cwd: workDir }]],
  [
    'edit',
    { files: [{ filePath: '/project/a' }, { filePath: '/project/b' }] },
    {},
    [
      { kind: 'write', path: '/project/a', cwd: workDir },
      { kind: 'write', path: '/project/b', cwd: workDir },
    ],
  ],
  [
    'edit',
    { files: [null, { filePath: '/project/a', movePath: '/project/.git/hooks/a' }] },
    {},
    [
      { kind: 'write', path: '/project/a', cwd: workDir },
      { kind: 'write', path: '/project/.git/hooks/a', cwd: workDir },
    ],
  ],
  ['read', {}, { filePath: '/project/a' }, [{ kind: 'read', path: '/project/a', cwd: workDir }]],
  ['read', {}, {}, []],
  ['edit', {}, {}, []],
  ['glob', {}, { pattern: '*' }, [{ kind: 'read', path: '.', cwd: workDir }]],
  [
    'external_directory',
    {},
    { command: 'cat /etc/shadow' },
    [{ kind: 'command', command: 'cat /etc/shadow', cwd: workDir }],
  ],
  [
    'external_directory',
    { filepath: '/etc/shadow' },
    {},
    [{ kind: 'read', path: '/etc/shadow', cwd: workDir }],
  ],
  ['grep', {}, { pattern: 'x', path: 'src' }, [{ kind: 'read', path: 'src', cwd: workDir }]],
  ['write', { filepath: '/project/a' }, {}, [{ kind: 'write', path: '/project/a', cwd: workDir }]],
  ['webfetch', { url: 'http://x' }, {}, [{ kind: 'url', url: 'http://x' }]],
  ['git_log', {}, {}, [{ kind: 'other', name: 'git_log' }]],
])('[P7] the permission %s with %j and %j is about %j', (permission, metadata, input, calls) => {
  expect(toJudgedCalls(request(permission, metadata), { input, workDir })).toEqual(calls);
});
