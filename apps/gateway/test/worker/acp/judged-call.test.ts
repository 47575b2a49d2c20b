import { expect, test } from 'vitest';
import { toJudgedCalls } from '../../../src/worker/acp-session/judged-call.ts';

const cwd = '/repo';
test.each([
  [{ kind: 'execute', rawInput: { command: 'ls' } }, [{ kind: 'command', command: 'ls', cwd }]],
  [
    { kind: 'execute', rawInput: { command: ['sh', '-c', "echo 'x'"], cwd: '/repo/sub' } },
    [{ kind: 'command', command: "'sh' '-c' 'echo '\\''x'\\'''", cwd: '/repo/sub' }],
  ],
  [
    { kind: 'execute', rawInput: { command: 'ls' }, locations: [{ path: '/a' }] },
    [{ kind: 'command', command: 'ls', cwd }],
  ],
  [{ kind: 'read', locations: [{ path: '/a' }] }, [{ kind: 'read', path: '/a', cwd }]],
  [
    {
      kind: 'edit',
      rawInput: { file_path: '/a' },
      locations: [{ path: '/a' }],
      content: [{ type: 'diff' as const, path: '/b', newText: '' }],
    },
    [
      { kind: 'write', path: '/a', cwd },
      { kind: 'write', path: '/b', cwd },
    ],
  ],
  [{ kind: 'delete', locations: [{ path: '/a' }] }, [{ kind: 'delete', path: '/a', cwd }]],
  [{ kind: 'fetch', rawInput: { url: 'http://x' } }, [{ kind: 'url', url: 'http://x' }]],
  [{ kind: 'think', title: 'Hm' }, [{ kind: 'other', name: 'think' }]],
  [{ kind: 'execute', rawInput: { command: 7 } }, [{ kind: 'other', name: 'execute' }]],
])('[P7] of the call %j is judged: %j', (call, calls) => {
  expect(toJudgedCalls({ toolCallId: 't', ...call }, cwd)).toEqual(calls);
});
