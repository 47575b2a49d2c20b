import { expect, test } from 'vitest';
import { outputDelta } from '../../../src/worker/pi/output-delta.ts';
import { toToolView } from '../../../src/worker/pi/tool-view.ts';

test.each([
  ['bash', { command: 'rm -rf build' }, 'execute', 'rm -rf build'],
  ['bash', { command: 'cd x\nmake' }, 'execute', 'cd x …'],
  ['bash', {}, 'execute', 'bash'],
  ['read', { path: '/srv/app/src/a.ts' }, 'read', 'Read src/a.ts'],
  ['read', { path: '/etc/hosts' }, 'read', 'Read /etc/hosts'],
  ['read', { path: '/workshop/a' }, 'read', 'Read /workshop/a'],
  ['grep', { pattern: 'TODO' }, 'search', 'Search for TODO'],
  ['ls', {}, 'search', 'List .'],
  ['mcp__git__log', {}, 'mcp', 'git: log'],
  ['something_new', {}, 'other', 'something_new'],
  ['constructor', {}, 'other', 'constructor'],
])('[E1] %s %j is %s: %s', (name, input, kind, title) => {
  expect(toToolView(name, input, '/srv/app')).toMatchObject({ kind, title });
});

test('[E1] a long title is cut', () => {
  expect(toToolView('bash', { command: 'x'.repeat(5_000) }, '/srv/app').title).toHaveLength(160);
});

test('[E1] places and differences', () => {
  const path = 'a.ts';
  expect(toToolView('read', { path, offset: 20 }, '/srv/app').locations).toEqual([
    { path: '/srv/app/a.ts', line: 20 },
  ]);
  expect(toToolView('write', { path, content: 'new' }, '/srv/app').diff).toEqual([
    { path: '/srv/app/a.ts', old_text: null, new_text: 'new' },
  ]);
  const edits = [{ oldText: 'a', newText: 'b' }, { oldText: 'c', newText: 'd' }, { oldText: 1 }, null];
  expect(toToolView('edit', { path, edits }, '/srv/app').diff).toEqual([
    { path: '/srv/app/a.ts', old_text: 'a', new_text: 'b' },
    { path: '/srv/app/a.ts', old_text: 'c', new_text: 'd' },
  ]);
  expect(toToolView('edit', { path, oldText: 'a', newText: 'b' }, '/srv/app').diff).toHaveLength(1);
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
