import type { ToolKind } from '@hotplex/aep-protocol';
import * as z from 'zod';
import type { WorkerEvent } from '../worker.ts';
import type { ToolCall } from './messages.ts';

type ToolCallData = Extract<WorkerEvent, { type: 'tool_call' }>['data'];

const anyObject = z.record(z.string(), z.unknown());
const claudeMeta = z.looseObject({ claudeCode: z.looseObject({ toolName: z.string() }) });
/** The kinds of the protocol that are ours too; the others (`switch_mode`) are of no special work. */
const kinds: readonly ToolKind[] = [
  ...(['read', 'edit', 'delete', 'move', 'search', 'execute', 'think', 'fetch'] as const),
];
const longestTitle = 160;

/** What a client needs to draw a tool call. */
export function toToolView(call: ToolCall): ToolCallData {
  const input = anyObject.safeParse(call.rawInput);
  const name = toName(call);
  return {
    id: call.toolCallId,
    name,
    input: input.success ? input.data : call.rawInput === undefined ? {} : { input: call.rawInput },
    kind: toKind(call, name),
    title: toTitle(call, name),
    status: 'running',
    ...(call.locations?.length ? { locations: toLocations(call) } : {}),
    ...(toDiff(call) ? { diff: toDiff(call) } : {}),
  };
}

/** NOTE: the protocol has no field for the name of a tool; agents that tell it do so in one of these places. */
export function toName(call: ToolCall): string {
  const claude = claudeMeta.safeParse(call._meta);
  return (
    call.name ||
    (claude.success ? claude.data.claudeCode.toolName : undefined) ||
    call.kind ||
    call.title ||
    'tool'
  );
}

export function toLocations({ locations }: ToolCall): { path: string; line?: number }[] {
  return (locations ?? []).map(({ path, line }) => (line ? { path, line } : { path }));
}

/** The changes in a call's content; undefined if there are none. */
export function toDiff({ content }: ToolCall): ToolCallData['diff'] {
  const changes = (content ?? []).flatMap((part) =>
    part.type === 'diff' ? [{ path: part.path, old_text: part.oldText ?? null, new_text: part.newText }] : [],
  );
  return changes.length > 0 ? changes : undefined;
}

export function toStatus(status: string): 'pending' | 'running' | 'completed' | 'failed' {
  if (status === 'pending' || status === 'completed' || status === 'failed') return status;
  return 'running';
}

function toKind({ kind }: ToolCall, name: string): ToolKind {
  if (name.startsWith('mcp__')) return 'mcp';
  if (name === 'Agent' || name === 'Task' || name === 'task') return 'agent';
  return kinds.find((known) => known === kind) ?? 'other';
}

/** The command itself where there is one, not the agent's description of it: the description may not be true. */
function toTitle({ title, rawInput, kind }: ToolCall, name: string): string {
  const command = kind === 'execute' ? z.looseObject({ command: z.string() }).safeParse(rawInput) : undefined;
  const words = (command?.success ? command.data.command : title || name).trim();
  const [first = '', ...rest] = words.split('\n');
  const line = rest.length > 0 ? `${first} …` : first;
  return line.length > longestTitle ? `${line.slice(0, longestTitle - 1)}…` : line || name;
}
