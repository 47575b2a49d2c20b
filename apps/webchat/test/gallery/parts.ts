import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { markdownText } from './markdown-text.ts';
import { toolPart } from './tool-part.ts';

type Part = AepUIMessage['parts'][number];

const oldText = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join('\n');
const newText = oldText
  .replace('line 4', 'line four')
  .replace('line 20\n', '')
  .replace('line 27', 'line 27\nline 27½');

/** Everything an agent can say and do in one turn. */
export const turnParts: Part[] = [
  { type: 'reasoning', text: 'The user wants the parser fixed. I look at the tests first.', state: 'done' },
  { type: 'text', text: markdownText, state: 'done' },
  toolPart({
    id: 't-read',
    name: 'Read',
    input: { file_path: '/home/ada/project/src/lines.ts' },
    output: 'export const a = 1;\n'.repeat(30),
    metadata: { kind: 'read' },
  }),
  toolPart({
    id: 't-bash',
    name: 'Bash',
    input: { command: 'pnpm test --color && echo done', description: 'Run the tests' },
    output:
      '\u001b[32m✓\u001b[39m keeps the last line \u001b[2m(3 ms)\u001b[22m\n\u001b[31m✗ \u001b[1mreads CRLF\u001b[22m\u001b[39m\n  \u001b[33mexpected\u001b[0m 2, got \u001b[7m 1 \u001b[27m\n\u001b[38;5;208mprogress 10 %\rprogress 100 %\u001b[0m\n',
    preliminary: true,
    title: 'pnpm test --color && echo done',
    metadata: { kind: 'execute' },
  }),
  toolPart({
    id: 't-edit',
    name: 'Edit',
    input: { file_path: 'src/lines.ts' },
    output: 'ok',
    title: 'src/lines.ts',
    metadata: {
      kind: 'edit',
      diff: [
        { path: 'src/lines.ts', old_text: oldText, new_text: newText },
        { path: 'src/new.ts', old_text: null, new_text: 'export const fresh = true;\n' },
      ],
    },
  }),
  toolPart({
    id: 't-fail',
    name: 'WebFetch',
    input: { url: 'https://example.com' },
    error: 'connect ECONNREFUSED 127.0.0.1:443',
    metadata: { kind: 'fetch' },
  }),
  toolPart({
    id: 't-denied',
    name: 'Bash',
    input: { command: 'rm -rf build' },
    denied: true,
    metadata: { kind: 'execute' },
  }),
  toolPart({
    id: 't-todo',
    name: 'TodoWrite',
    input: {
      todos: [
        { content: 'Read the tests', status: 'completed' },
        { content: 'Change lines()', status: 'in_progress' },
        { content: 'Run everything', status: 'pending' },
      ],
    },
    output: 'ok',
  }),
  toolPart({
    id: 't-agent',
    name: 'Task',
    input: { description: 'Look for other callers', prompt: 'Find callers' },
    output: 'Two callers, both fine.',
    title: 'Look for other callers',
    metadata: { kind: 'agent' },
  }),
  toolPart({
    id: 't-child',
    name: 'Grep',
    input: { pattern: 'lines\\(' },
    output: 'src/a.ts:3\nsrc/b.ts:9',
    metadata: { kind: 'search', parentId: 't-agent' },
  }),
  toolPart({
    id: 't-mcp',
    name: 'mcp__tickets__create',
    input: { title: 'CRLF', labels: ['bug', 'parser'] },
    output: { id: 17, url: 'https://tickets.example/17' },
    metadata: { kind: 'mcp' },
  }),
  {
    type: 'data-plan',
    id: 'plan',
    data: {
      entries: [
        { content: 'Understand', status: 'completed' },
        { content: 'Fix', status: 'in_progress' },
        { content: 'Prove', status: 'pending' },
      ],
    },
  },
  {
    type: 'data-step',
    id: 's1',
    data: {
      id: 's1',
      step_type: 'background',
      name: 'Index the repository',
      status: 'completed',
      duration: 4200,
    },
  },
  {
    type: 'data-notice',
    id: 'n1',
    data: { kind: 'retry', message: 'The model is overloaded; attempt 2 of 5.' },
  },
  { type: 'data-notice', id: 'n2', data: { kind: 'compaction', message: 'Older messages were summarised.' } },
  { type: 'data-raw', id: 'r1', data: { kind: 'system', raw: { subtype: 'hook', ok: true } } },
  {
    type: 'data-permission',
    id: 'p0',
    data: {
      id: 'p0',
      tool_name: 'Bash',
      input_raw: { command: 'ls' },
      status: 'allowed',
      by: 'ada',
      reason: 'answered',
    },
  },
  {
    type: 'data-permission',
    id: 'p1',
    data: { id: 'p1', tool_name: 'Write', status: 'denied', by: null, reason: 'timeout' },
  },
];
