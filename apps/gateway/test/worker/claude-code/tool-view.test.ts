import { expect, test } from 'vitest';
import { toToolView } from '../../../src/worker/claude-code/tool-view.ts';

test.each([
  ['Bash', { command: 'rm -rf build', description: 'Tidy up' }, 'execute', 'rm -rf build'],
  ['Bash', { command: 'cd x\nmake' }, 'execute', 'cd x …'],
  ['Read', { file_path: '/srv/app/src/a.ts' }, 'read', 'Read src/a.ts'],
  ['Read', { file_path: '/etc/hosts' }, 'read', 'Read /etc/hosts'],
  ['Read', { file_path: '/workshop/a' }, 'read', 'Read /workshop/a'],
  ['Grep', { pattern: 'TODO' }, 'search', 'Search for TODO'],
  ['WebFetch', { url: 'https://example.org' }, 'fetch', 'Fetch https://example.org'],
  ['mcp__git__log', {}, 'mcp', 'git: log'],
  ['Task', { description: 'Look around' }, 'agent', 'Look around'],
  ['Task', {}, 'agent', 'Task'],
  ['SomethingNew', {}, 'other', 'SomethingNew'],
])('[E1] %s %j is %s: %s', (name, input, kind, title) => {
  expect(toToolView(name, input, '/srv/app')).toMatchObject({ kind, title });
});

test('[E1] a long title is cut', () => {
  expect(toToolView('Bash', { command: 'x'.repeat(5_000) }, '/srv/app').title).toHaveLength(160);
});

test('[E1] places and differences', () => {
  const path = '/srv/app/a.ts';
  expect(toToolView('Read', { file_path: path, offset: 20 }, '/srv/app').locations).toEqual([
    { path, line: 20 },
  ]);
  expect(toToolView('Write', { file_path: path, content: 'new' }, '/srv/app').diff).toEqual([
    { path, old_text: null, new_text: 'new' },
  ]);
  const edits = [
    { old_string: 'a', new_string: 'b' },
    { old_string: 'c', new_string: 'd' },
    { old_string: 1 },
  ];
  expect(toToolView('MultiEdit', { file_path: path, edits }, '/srv/app').diff).toEqual([
    { path, old_text: 'a', new_text: 'b' },
    { path, old_text: 'c', new_text: 'd' },
  ]);
});
