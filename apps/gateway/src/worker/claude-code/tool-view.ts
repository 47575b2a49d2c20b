import { isAbsolute, relative } from 'node:path';
import type { ToolKind } from '@hotplex/aep-protocol';
import type { WorkerEvent } from '../worker.ts';

type ToolCall = Extract<WorkerEvent, { type: 'tool_call' }>['data'];
type Input = Record<string, unknown>;
/** How a client shows a call: what kind of work, one line of words, the files it touches, what it changes there. */
export type ToolView = Required<Pick<ToolCall, 'kind' | 'title'>> & Pick<ToolCall, 'locations' | 'diff'>;

type Look = { kind: ToolKind; title: (input: Input, place: (path: string) => string) => string | undefined };

const longestTitle = 160;

/** The tools of Claude Code 2.1 and what a person wants to read of each. */
const looks: Record<string, Look> = {
  // The command itself, not the agent's description of it: the description may not be true.
  Bash: { kind: 'execute', title: (input) => firstLine(string(input, 'command')) },
  BashOutput: { kind: 'execute', title: () => 'Read the output of a background command' },
  KillShell: { kind: 'execute', title: () => 'Stop a background command' },
  TaskStop: { kind: 'execute', title: () => 'Stop a background task' },
  TaskOutput: { kind: 'execute', title: () => 'Read the output of a background task' },
  Monitor: { kind: 'execute', title: (input) => firstLine(string(input, 'command')) },
  Read: { kind: 'read', title: (input, place) => on('Read', string(input, 'file_path'), place) },
  Write: { kind: 'edit', title: (input, place) => on('Write', string(input, 'file_path'), place) },
  Edit: { kind: 'edit', title: (input, place) => on('Edit', string(input, 'file_path'), place) },
  MultiEdit: { kind: 'edit', title: (input, place) => on('Edit', string(input, 'file_path'), place) },
  NotebookEdit: { kind: 'edit', title: (input, place) => on('Edit', string(input, 'notebook_path'), place) },
  Glob: { kind: 'search', title: (input) => on('Find', string(input, 'pattern')) },
  Grep: { kind: 'search', title: (input) => on('Search for', string(input, 'pattern')) },
  LS: { kind: 'search', title: (input, place) => on('List', string(input, 'path'), place) },
  ToolSearch: { kind: 'search', title: (input) => on('Look for a tool:', string(input, 'query')) },
  WebFetch: { kind: 'fetch', title: (input) => on('Fetch', string(input, 'url')) },
  WebSearch: { kind: 'fetch', title: (input) => on('Search the web for', string(input, 'query')) },
  Agent: { kind: 'agent', title: (input) => string(input, 'description') },
  Task: { kind: 'agent', title: (input) => string(input, 'description') },
  Skill: { kind: 'other', title: (input) => on('Use the skill', string(input, 'skill')) },
  TodoWrite: { kind: 'think', title: () => 'Update the list of things to do' },
  TaskCreate: { kind: 'think', title: (input) => on('Note:', string(input, 'subject')) },
  TaskUpdate: { kind: 'think', title: () => 'Update the list of things to do' },
  TaskList: { kind: 'think', title: () => 'Look at the list of things to do' },
  TaskGet: { kind: 'think', title: () => 'Look at the list of things to do' },
  EnterPlanMode: { kind: 'think', title: () => 'Make a plan first' },
  ExitPlanMode: { kind: 'think', title: () => 'Propose a plan' },
  AskUserQuestion: { kind: 'other', title: () => 'Ask a question' },
};

/** What a client needs to draw a tool call. Unknown tools are shown by their name. */
export function toToolView(name: string, input: Input, workDir: string): ToolView {
  const path = string(input, 'file_path') ?? string(input, 'notebook_path');
  const locations = path === undefined ? undefined : [{ path, line: lineOf(input) }];
  const diff = path === undefined ? undefined : toDiff(name, input, path);
  const mcp = /^mcp__(.+?)__(.+)$/.exec(name);
  if (mcp) return { kind: 'mcp', title: `${mcp[1]}: ${mcp[2]}`, locations, diff };
  const look = looks[name];
  const title = look?.title(input, (target) => toPlace(target, workDir)) ?? name;
  return { kind: look?.kind ?? 'other', title: shorten(title), locations, diff };
}

function toDiff(name: string, input: Input, path: string): ToolCall['diff'] {
  const edits = name === 'MultiEdit' && Array.isArray(input.edits) ? input.edits : [input];
  if (name === 'Write') {
    const new_text = string(input, 'content');
    return new_text === undefined ? undefined : [{ path, old_text: null, new_text }];
  }
  if (name !== 'Edit' && name !== 'MultiEdit') return undefined;
  return edits.flatMap((edit: Input) => {
    const old_text = string(edit, 'old_string');
    const new_text = string(edit, 'new_string');
    return old_text === undefined || new_text === undefined ? [] : [{ path, old_text, new_text }];
  });
}

function lineOf(input: Input): number | undefined {
  const { offset } = input;
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
