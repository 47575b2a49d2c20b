import type { WorkerEvent } from '../worker.ts';
import type { EndedState, ToolPart } from './tool-state.ts';
import { toToolView } from './tool-view.ts';

type ResultData = Extract<WorkerEvent, { type: 'tool_result' }>['data'];
type CallOptions = { workDir: string; parentId: string | undefined };

/** Metadata longer than this is left out: it repeats what the output says. */
const longestText = 4_096;
/** OpenCode's own words for a call that a rule or a person forbade. */
const forbidden = /^The user (rejected permission|has specified a rule which prevents)/;

export function toolCall(part: ToolPart, { workDir, parentId }: CallOptions): WorkerEvent {
  const { callID: id, tool: name, state } = part;
  const { input } = state;
  const view = toToolView(name, input, workDir);
  return { type: 'tool_call', data: { id, name, input, ...view, status: 'running', parent_id: parentId } };
}

type ResultOptions = {
  id: string;
  tool: string;
  state: EndedState;
  parentId: string | undefined;
  denied?: boolean;
};

/**
 * NOTE: a command that fails is "completed" for OpenCode; its exit code stands in the metadata. So is the call of a tool
 * that the session does not have, which becomes a call of `invalid`.
 */
export function toolResult({ id, tool, state, parentId, denied = false }: ResultOptions): WorkerEvent {
  const failure = tool === 'invalid' && state.status === 'completed' ? String(state.output) : undefined;
  const error = state.status === 'error' ? state.error : failure;
  const refused = denied || (error !== undefined && forbidden.test(error));
  const data: ResultData = {
    id,
    output: state.status === 'completed' ? (state.output ?? null) : state.error,
    error,
    denied: refused || undefined,
    metadata: toMetadata(state.metadata ?? {}),
    parent_id: parentId,
  };
  return { type: 'tool_result', data };
}

/** Small values only: exit codes, counts, flags. */
function toMetadata(metadata: Record<string, unknown>): ResultData['metadata'] {
  const small = Object.entries(metadata).filter(([name, value]) => {
    if (name === 'output' || value === null) return false;
    return typeof value === 'string' ? value.length <= longestText : typeof value !== 'object';
  });
  return small.length === 0 ? undefined : Object.fromEntries(small);
}
