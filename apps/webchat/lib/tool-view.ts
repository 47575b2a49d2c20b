import type { ToolKind } from '@hotplex/aep-protocol';
import type { AepToolView, AepUIMessage } from '@hotplex/ai-sdk-transport';
import { type DynamicToolUIPart, getToolName, isToolUIPart } from 'ai';
import { withoutVerb } from './without-verb.ts';

export type ToolStatus = 'pending' | 'running' | 'waiting' | 'done' | 'failed' | 'denied' | 'stopped';

export type FileDiff = { path: string; oldText: string | null; newText: string };

export type FilePlace = { path: string; line: number | undefined };

/** A tool call as it is drawn, whatever agent made it. */
export type ToolView = {
  id: string;
  name: string;
  kind: ToolKind | 'todo';
  title: string;
  status: ToolStatus;
  input: Record<string, unknown>;
  output: unknown;
  error: string | undefined;
  diffs: FileDiff[];
  /** The files it is about, with a line where one is meant. */
  places: FilePlace[];
  parentId: string | undefined;
};

type Part = AepUIMessage['parts'][number];

const statuses: Record<DynamicToolUIPart['state'], ToolStatus> = {
  'input-streaming': 'pending',
  'input-available': 'running',
  'approval-requested': 'waiting',
  'approval-responded': 'running',
  'output-available': 'done',
  'output-error': 'failed',
  'output-denied': 'denied',
};

const kinds: Record<string, ToolView['kind']> = {
  Bash: 'execute',
  Read: 'read',
  Edit: 'edit',
  MultiEdit: 'edit',
  Write: 'edit',
  Grep: 'search',
  Glob: 'search',
  WebFetch: 'fetch',
  WebSearch: 'fetch',
  Task: 'agent',
  Agent: 'agent',
  TodoWrite: 'todo',
};

/** Reads a tool part; undefined for every other part. */
export function toToolView(part: Part): ToolView | undefined {
  if (!isToolUIPart(part)) return undefined;
  const told: AepToolView = record('toolMetadata' in part ? part.toolMetadata?.hotplex : undefined);
  const name = getToolName(part);
  const input = record(part.input);
  const kind = isTodo(name, input) ? 'todo' : (told.kind ?? kinds[name] ?? 'other');
  const stopped = part.state === 'output-error' && told.stopped === true;
  const preliminary = part.state === 'output-available' && part.preliminary === true;
  return {
    id: part.toolCallId,
    name,
    kind,
    title: withoutVerb(part.title ?? describe(input) ?? name, kind),
    status: stopped ? 'stopped' : preliminary ? 'running' : statuses[part.state],
    input,
    output: part.state === 'output-available' ? part.output : told.output,
    error: part.state === 'output-error' && !stopped ? part.errorText : undefined,
    diffs: toldDiffs(told) ?? writtenDiffs(input),
    places: toPlaces(told, input, kind),
    parentId: told.parentId,
  };
}

function isTodo(name: string, input: Record<string, unknown>): boolean {
  return kinds[name] === 'todo' && Array.isArray(input.todos);
}

/** The one argument that says what a call is about. */
function describe(input: Record<string, unknown>): string | undefined {
  for (const key of ['command', 'file_path', 'path', 'pattern', 'query', 'url', 'description']) {
    const value = text(input[key]);
    if (value) return value;
  }
  return undefined;
}

function toldDiffs({ diff }: AepToolView): FileDiff[] | undefined {
  if (!diff || diff.length === 0) return undefined;
  return diff.map(({ path, old_text, new_text }) => ({ path, oldText: old_text, newText: new_text }));
}

/** The change an edit's arguments describe, where the agent did not say it as a diff. */
function writtenDiffs(input: Record<string, unknown>): FileDiff[] {
  const path = text(input.file_path) ?? text(input.path);
  const newText = text(input.new_string) ?? text(input.content);
  if (path === undefined || newText === undefined) return [];
  return [{ path, oldText: text(input.old_string) ?? null, newText }];
}

/** Where the agent said it works, else what its arguments name; only of tools that work on files. */
function toPlaces(
  { locations = [] }: AepToolView,
  input: Record<string, unknown>,
  kind: ToolView['kind'],
): FilePlace[] {
  if (kind !== 'read' && kind !== 'edit' && kind !== 'search') return [];
  const told = locations.map(({ path, line }) => ({ path, line }));
  const path = text(input.file_path) ?? text(input.path);
  const [first] = told;
  const offset = typeof input.offset === 'number' && input.offset > 0 ? input.offset : undefined;
  if (first)
    return told.map((place) => ({ ...place, line: place.line ?? (told.length === 1 ? offset : undefined) }));
  return path === undefined || kind === 'search' ? [] : [{ path, line: offset }];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
