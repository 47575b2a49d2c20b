import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { expect, test } from 'vitest';
import { toPartTree } from '../../lib/part-tree.ts';
import { toToolView } from '../../lib/tool-view.ts';

type Part = AepUIMessage['parts'][number];

function tool(id: string, fields: object): Part {
  return {
    type: 'dynamic-tool',
    toolName: 'Tool',
    toolCallId: id,
    state: 'input-available',
    input: {},
    ...fields,
  } as Part;
}

test('output that is still coming leaves a tool running', () => {
  const part = tool('a', { state: 'output-available', output: 'half', preliminary: true });
  expect(toToolView(part)).toMatchObject({ status: 'running', output: 'half' });
});

test('a tool that failed shows what it had put out, and why it failed', () => {
  const part = tool('a', {
    ...{ state: 'output-error', errorText: 'exit code 1' },
    toolMetadata: { hotplex: { output: '2 passed, 1 failed' } },
  });
  expect(toToolView(part)).toMatchObject({
    status: 'failed',
    output: '2 passed, 1 failed',
    error: 'exit code 1',
  });
});

test('a tool that its turn left behind was stopped; nobody knows that it failed', () => {
  const errorText = 'The turn ended before the tool did.';
  const part = tool('a', {
    ...{ state: 'output-error', errorText },
    toolMetadata: { hotplex: { stopped: true } },
  });
  expect(toToolView(part)).toMatchObject({ status: 'stopped', error: undefined });
  const spoke = tool('a', {
    ...{ state: 'output-error', errorText },
    toolMetadata: { hotplex: { stopped: true, output: '2 passed' } },
  });
  expect(toToolView(spoke)).toMatchObject({ status: 'stopped', output: '2 passed', error: undefined });
});

test('the gateway’s words on a tool win over its name', () => {
  const part = tool('a', {
    toolName: 'Bash',
    title: 'The manual',
    toolMetadata: { hotplex: { kind: 'read' } },
  });
  expect(toToolView(part)).toMatchObject({ kind: 'read', title: 'The manual' });
});

test('an edit without a diff shows the change its arguments describe', () => {
  const part = tool('a', {
    toolName: 'Edit',
    input: { file_path: 'a.ts', old_string: 'x', new_string: 'y' },
  });
  expect(toToolView(part)?.diffs).toEqual([{ path: 'a.ts', oldText: 'x', newText: 'y' }]);
});

test('a text is no tool', () => {
  expect(toToolView({ type: 'text', text: 'hello' })).toBeUndefined();
});

test('what a sub-agent does hangs under the call that started it', () => {
  const tree = toPartTree([
    tool('parent', {}),
    { type: 'text', text: 'meanwhile' },
    tool('child', { toolMetadata: { hotplex: { parentId: 'parent' } } }),
    tool('lost', { toolMetadata: { hotplex: { parentId: 'nobody' } } }),
  ]);
  expect(tree.map(({ key, children }) => [key, children.map((child) => child.key)])).toEqual([
    ['parent', ['child']],
    ['text:1', []],
    ['lost', []],
  ]);
});

test.each([
  ['read', 'Read src/a.ts', 'src/a.ts'],
  ['edit', 'Write file notes.md', 'notes.md'],
  ['search', 'Search for *.test.ts', '*.test.ts'],
  ['fetch', 'Fetch https://example.com', 'https://example.com'],
  ['read', 'Reading list', 'Reading list'],
  ['execute', 'find . -name a', 'find . -name a'],
])('what a tool of kind %s says in its title "%s" is not said twice', (kind, title, shown) => {
  const part = tool('a', { title, toolMetadata: { hotplex: { kind } } });
  expect(toToolView(part)?.title).toBe(shown);
});

test('a tool names the files it is about, with the line that is meant', () => {
  const places = (fields: object) => toToolView(tool('a', fields))?.places;
  const located = { toolMetadata: { hotplex: { kind: 'read', locations: [{ path: '/w/a.ts', line: 7 }] } } };
  expect(places(located)).toEqual([{ path: '/w/a.ts', line: 7 }]);
  expect(places({ toolName: 'Read', input: { file_path: '/w/a.ts', offset: 40 } })).toEqual([
    { path: '/w/a.ts', line: 40 },
  ]);
  expect(places({ toolName: 'Edit', input: { file_path: 'a.ts' } })).toEqual([
    { path: 'a.ts', line: undefined },
  ]);
  // What a command or a search names may be no file.
  expect(places({ toolName: 'Bash', input: { command: 'ls', path: 'src' } })).toEqual([]);
  expect(places({ toolName: 'Grep', input: { pattern: 'x', path: 'src' } })).toEqual([]);
});
