import type { ServerData } from '@hotplex/aep-protocol';
import type { LeftOut } from '../ground/share-link.ts';

type ToolKind = ServerData<'tool_call'>['kind'];
type Showing = { leftOut: ReadonlySet<LeftOut>; tools: ShownTools };

/** The kinds of the calls of a turn, by their ids. */
export type ShownTools = Map<string, ToolKind>;

/** Kinds whose input and output are no content of files. A kind that the agent did not say may be anything. */
const fileless: ReadonlySet<ToolKind> = new Set<ToolKind>(['execute', 'fetch', 'think', 'agent']);
/** What says what a call is about, and is no content. */
const describing = ['command', 'file_path', 'path', 'pattern', 'query', 'url', 'description'];
/** What stands in the place of an error that is left out: that there was one is no secret. */
const leftOutError = '…';

export function showCall(data: ServerData<'tool_call'>, { leftOut, tools }: Showing): object {
  const { id, name, input, kind, title, status, locations, diff, parent_id } = data;
  tools.set(id, kind);
  const call = { id, name, kind, title, status, locations, parent_id };
  if (!leftOut.has('files')) return { ...call, input, diff };
  return { ...call, input: fileless.has(kind) ? input : describe(input) };
}

export function showUpdate(data: ServerData<'tool_update'>, showing: Showing): object {
  const { id, output_delta, output, title, status, locations, diff, parent_id } = data;
  return {
    ...{ id, title, status, locations, parent_id },
    ...(isOutputShown(id, showing) && { output_delta, output }),
    ...(!showing.leftOut.has('files') && { diff }),
  };
}

export function showResult(data: ServerData<'tool_result'>, showing: Showing): object {
  const { id, output, error, denied, stopped, diff, parent_id } = data;
  const isShown = isOutputShown(id, showing);
  return {
    ...{ id, output: isShown ? output : null, denied, stopped, parent_id },
    ...(error !== undefined && { error: isShown ? error : leftOutError }),
    ...(!showing.leftOut.has('files') && { diff }),
  };
}

function isOutputShown(id: string, { leftOut, tools }: Showing): boolean {
  if (leftOut.has('tool_outputs')) return false;
  return !leftOut.has('files') || fileless.has(tools.get(id));
}

function describe(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([name]) => describing.includes(name)));
}
