import { isAbsolute, relative, resolve } from 'node:path';
import type { ToolKind } from '@hotplex/aep-protocol';
import type { WorkerEvent } from '../worker.ts';

type ToolCall = Extract<WorkerEvent, { type: 'tool_call' }>['data'];
type Input = Record<string, unknown>;
/** How a client shows a call: what kind of work, one line of words, the files it touches, what it changes there. */
export type ToolView = Required<Pick<ToolCall, 'kind' | 'title'>> & Pick<ToolCall, 'locations' | 'diff'>;

type Look = { kind: ToolKind; verb?: string; field: string };

const longestTitle = 160;

/** The tools that come with Pi, and what a person wants to read of each. */
const looks: Readonly<Record<string, Look>> = {
  bash: { kind: 'execute', field: 'command' },
  powershell: { kind: 'execute', field: 'command' },
  codemode: { kind: 'execute', verb: 'Run a script', field: '' },
  read: { kind: 'read', verb: 'Read', field: 'path' },
  write: { kind: 'edit', verb: 'Write', field: 'path' },
  edit: { kind: 'edit', verb: 'Edit', field: 'path' },
  grep: { kind: 'search', verb: 'Search for', field: 'pattern' },
  find: { kind: 'search', verb: 'Find', field: 'pattern' },
  ls: { kind: 'search', verb: 'List', field: 'path' },
  ask_user: { kind: 'other', verb: 'Ask a question', field: '' },
  tool_search: { kind: 'search', verb: 'Look for a tool:', field: 'query' },
};

/** What a client needs to draw a tool call. Tools of extensions are shown by their name. */
export function toToolView(name: string, input: Input, workDir: string): ToolView {
  const path = string(input, 'path');
  const place = path === undefined ? undefined : resolve(workDir, path);
  const locations = place === undefined ? undefined : [{ path: place, line: lineOf(input) }];
  const diff = place === undefined ? undefined : toDiff(name, input, place);
  const mcp = /^mcp__(.+?)__(.+)$/.exec(name);
  if (mcp) return { kind: 'mcp', title: `${mcp[1]}: ${mcp[2]}`, locations, diff };
  const look = Object.hasOwn(looks, name) ? looks[name] : undefined;
  const title = (look && toTitle(look, input, workDir)) || name;
  return { kind: look?.kind ?? 'other', title: shorten(title), locations, diff };
}

function toTitle({ verb, field }: Look, input: Input, workDir: string): string {
  const value = string(input, field);
  const object = field === 'path' ? toPlace(value ?? '.', workDir) : firstLine(value ?? '');
  return [verb, object].filter(Boolean).join(' ');
}

function toDiff(name: string, input: Input, path: string): ToolCall['diff'] {
  if (name === 'write') {
    const new_text = string(input, 'content');
    return new_text === undefined ? undefined : [{ path, old_text: null, new_text }];
  }
  if (name !== 'edit') return undefined;
  // NOTE: Pi still takes a single replacement that stands in the input itself.
  const edits: unknown[] = Array.isArray(input.edits) ? input.edits : [input];
  return edits.flatMap((edit) => {
    const { oldText, newText } = (typeof edit === 'object' && edit !== null ? edit : {}) as Input;
    if (typeof oldText !== 'string' || typeof newText !== 'string') return [];
    return [{ path, old_text: oldText, new_text: newText }];
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

function string(input: Input, field: string): string | undefined {
  const value = input[field];
  return typeof value === 'string' ? value : undefined;
}

function firstLine(text: string): string {
  const [first = '', ...rest] = text.trim().split('\n');
  return rest.length > 0 ? `${first} …` : first;
}

function shorten(title: string): string {
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title;
}
