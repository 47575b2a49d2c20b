import type { ToolKind } from '@hotplex/aep-protocol';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { type DynamicToolUIPart, getToolName, isToolUIPart } from 'ai';

export type ToolStatus = 'pending' | 'running' | 'waiting' | 'done' | 'failed' | 'denied';

export type FileDiff = { path: string; oldText: string | null; newText: string };

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
  const metadata = record('toolMetadata' in part ? part.toolMetadata : undefined);
  const name = getToolName(part);
  const input = record(part.input);
  const preliminary = part.state === 'output-available' && part.preliminary === true;
  return {
    id: part.toolCallId,
    name,
    kind: isTodo(name, input)
      ? 'todo'
      : ((text(metadata.kind) as ToolKind | undefined) ?? kinds[name] ?? 'other'),
    title: text(metadata.title) ?? part.title ?? describe(input) ?? name,
    status: preliminary ? 'running' : statuses[part.state],
    input,
    output: part.state === 'output-available' ? part.output : undefined,
    error: part.state === 'output-error' ? part.errorText : undefined,
    diffs: diffsOf(metadata.diff),
    parentId: text(metadata.parentId) ?? text(metadata.parent_id),
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

function diffsOf(value: unknown): FileDiff[] {
  if (!Array.isArray(value)) return [];
  return value.map(record).flatMap((diff) => {
    const path = text(diff.path);
    const newText = text(diff.new_text);
    return path === undefined || newText === undefined
      ? []
      : [{ path, oldText: text(diff.old_text) ?? null, newText }];
  });
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
