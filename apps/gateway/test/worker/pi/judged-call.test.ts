import { expect, test } from 'vitest';
import { toToolCalls } from '../../../src/worker/pi/judged-call.ts';

const cwd = '/work';
test.each([
  ['bash', { command: 'ls' }, [{ kind: 'command', command: 'ls', cwd }]],
  ['read', { path: 'a' }, [{ kind: 'read', path: 'a', cwd }]],
  ['grep', { pattern: 'x' }, [{ kind: 'read', path: '.', cwd }]],
  ['ls', { path: '/etc' }, [{ kind: 'read', path: '/etc', cwd }]],
  ['edit', { path: 'a' }, [{ kind: 'write', path: 'a', cwd }]],
  ['powershell', { command: 'ls' }, [{ kind: 'other', name: 'powershell' }]],
  ['mcp__git__log', {}, [{ kind: 'other', name: 'mcp__git__log' }]],
  ['bash', {}, []],
])('[P7] the tool %s with %j would do %j', (name, input, calls) => {
  expect(toToolCalls({ name, input }, cwd)).toEqual(calls);
});
