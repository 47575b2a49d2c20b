import { isAbsolute, relative } from 'node:path';
import type { ToolKind } from '@hotplex/aep-protocol';
import type { WorkerEvent } from '../worker.ts';

type ToolCall = Extract<WorkerEvent, { type: 'tool_call' }>['data'];
type Input = Record<string, unknown>;
/** How a client shows a call: what kind of work, one line of words, the files it touches, what it changes there. */
export type ToolView = Required<Pick<ToolCall, 'kind' | 'title'>> & Pick<ToolCall, 'locations' | 'diff'>;

type Look = { kind: ToolKind; title: (input: Input, place: (path: string) => string) => string | undefined };

const longestTitle = 160;

/** The tools of OpenCode 1.18 and what a person wants to read of each. */
const looks: Record<string, Look> = {
  // The command itself, not the agent's description of it: the description may not be true.
  bash: { kind: 'execute', title: (input) => firstLine(string(input, 'command')) },
  read: { kind: 'read', title: (input, place) => on('Read', string(input, 'filePath'), place) },
  write: { kind: 'edit', title: (input, place) => on('Write', string(input, 'filePath'), place) },
  edit: { kind: 'edit', title: (input, place) => on('Edit', string(input, 'filePath'), place) },
  multiedit: { kind: 'edit', title: (input, place) => on('Edit', string(input, 'filePath'), place) },
  patch: { kind: 'edit', title: () => 'Apply a patch' },
  apply_patch: { kind: 'edit', title: () => 'Apply a patch' },
  glob: { kind: 'search', title: (input) => on('Find', string(input, 'pattern')) },
  grep: { kind: 'search', title: (input) => on('Search for', string(input, 'pattern')) },
  list: { kind: 'search', title: (input, place) => on('List', string(input, 'path'), place) },
  lsp: { kind: 'search', title: (input) => on('Ask the language server:', string(input, 'operation')) },
  webfetch: { kind: 'fetch', title: (input) => on('Fetch', string(input, 'url')) },
  websearch: { kind: 'fetch', title: (input) => on('Search the web for', string(input, 'query')) },
  codesearch: { kind: 'fetch', title: (input) => on('Search code for', string(input, 'query')) },
  task: { kind: 'agent', title: (input) => string(input, 'description') },
  skill: { kind: 'other', title: (input) => on('Use the skill', string(input, 'name')) },
  todowrite: { kind: 'think', title: () => 'Update the list of things to do' },
  todoread: { kind: 'think', title: () => 'Look at the list of things to do' },
  question: { kind: 'other', title: () => 'Ask a question' },
  plan_enter: { kind: 'think', title: () => 'Make a plan first' },
  plan_exit: { kind: 'think', title: () => 'Propose a plan' },
  invalid: { kind: 'other', title: (input) => on('A call that could not be read:', string(input, 'tool')) },
};

/** What a client needs to draw a tool call. NOTE: tools of MCP servers are called `server_tool`. */
export function toToolView(name: string, input: Input, workDir: string): ToolView {
  const path = string(input, 'filePath');
  const locations = path === undefined ? undefined : [{ path, line: lineOf(input) }];
  const diff = path === undefined ? undefined : toDiff(name, input, path);
  const look = looks[name];
  if (!look) return { kind: name.includes('_') ? 'mcp' : 'other', title: name, locations, diff };
  const title = look.title(input, (target) => toPlace(target, workDir)) ?? name;
  return { kind: look.kind, title: shorten(title), locations, diff };
}

function toDiff(name: string, input: Input, path: string): ToolCall['diff'] {
  const content = string(input, 'content');
  if (name === 'write')
    return content === undefined ? undefined : [{ path, old_text: null, new_text: content }];
  const edits = name === 'multiedit' && Array.isArray(input.edits) ? input.edits : [input];
  if (name !== 'edit' && name !== 'multiedit') return undefined;
  return edits.flatMap((edit: Input) => {
    const old_text = string(edit, 'oldString');
    const new_text = string(edit, 'newString');
    return old_text === undefined || new_text === undefined ? [] : [{ path, old_text, new_text }];
  });
}

function lineOf({ offset }: Input): number | undefined {
  return typeof offset === 'number' && Number.isInteger(offset) && offset > 0 ? offset : undefined;
}

/** A path inside the work dir is shown from there. */
function toPlace(path: string, workDir: string): string {
  if (!isAbsolute(path)) return path;
  const inside = relative(workDir, path);
  return inside !== '' && !inside.startsWith('..') ? inside : path;
}

function on(verb: string, object: string | undefined, place: (path: string) => string = (path) => path) {
  return object === undefined ? undefined : `${verb} ${place(object)}`;
}

function string(input: Input, field: string): string | undefined {
  const value = input?.[field];
  return typeof value === 'string' ? value : undefined;
}

function firstLine(text: string | undefined): string | undefined {
  const [first, ...rest] = text?.trim().split('\n') ?? [];
  return rest.length > 0 ? `${first} …` : first;
}

function shorten(title: string): string {
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title;
}
