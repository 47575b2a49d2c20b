import { expect, test } from 'vitest';
import { outputDelta } from '../../../src/worker/pi/output-delta.ts';
import { toToolView } from '../../../src/worker/pi/tool-view.ts';

test.each([
  ['bash', { command: 'rm -rf build' }, 'execute', 'rm -rf build'],
  ['bash', { command: 'cd x\nmake' }, 'execute', 'cd x …'],
  ['bash', {}, 'execute', 'bash'],
  ['read', { path: '/work/src/a.ts' }, 'read', 'Read src/a.ts'],
  ['read', { path: '/etc/hosts' }, 'read', 'Read /etc/hosts'],
  ['read', { path: '/workshop/a' }, 'read', 'Read /workshop/a'],
  ['grep', { pattern: 'TODO' }, 'search', 'Search for TODO'],
  ['ls', {}, 'search', 'List .'],
  ['mcp__git__log', {}, 'mcp', 'git: log'],
  ['something_new', {}, 'other', 'something_new'],
  ['constructor', {}, 'other', 'constructor'],
])('[E1] %s %j is %s: %s', (name, input, kind, title) => {
  expect(toToolView(name, input, '/work')).toMatchObject({ kind, title });
});

test('[E1] a long title is cut', () => {
  expect(toToolView('bash', { command: 'x'.repeat(5_000) }, '/work').title).toHaveLength(160);
});

test('[E1] places and differences', () => {
  const path = 'a.ts';
  expect(toToolView('read', { path, offset: 20 }, '/work').locations).toEqual([
    { path: '/work/a.ts', line: 20 },
  ]);
  expect(toToolView('write', { path, content: 'new' }, '/work').diff).toEqual([
    { path: '/work/a.ts', old_text: null, new_text: 'new' },
  ]);
  const edits = [{ oldText: 'a', newText: 'b' }, { oldText: 'c', newText: 'd' }, { oldText: 1 }, null];
  expect(toToolView('edit', { path, edits }, '/work').diff).toEqual([
    { path: '/work/a.ts', old_text: 'a', new_text: 'b' },
    { path: '/work/a.ts', old_text: 'c', new_text: 'd' },
  ]);
  expect(toToolView('edit', { path, oldText: 'a', newText: 'b' }, '/work').diff).toHaveLength(1);
});

test.each([
  ['', 'one', 'one'],
  ['one', 'one two', ' two'],
  ['one', 'two', undefined],
  [`start ${'x'.repeat(300)}`, `${'x'.repeat(300)} end`, ' end'],
  [`start ${'x'.repeat(300)}`, 'something else', undefined],
])('[E1] output grows from %j to %j by %j', (before, after, delta) => {
  expect(outputDelta(before, after)).toBe(delta);
});
