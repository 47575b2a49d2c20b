import type { WorkerEvent } from '../worker.ts';
import type { ToolCall } from './messages.ts';
import { toToolView } from './tool-view.ts';

type RequestData = Extract<WorkerEvent, { type: 'permission_request' }>['data'];

/** What is told of a call that somebody is asked about. */
export function toAskedCall(
  call: ToolCall,
): Pick<RequestData, 'tool_name' | 'description' | 'args' | 'input_raw'> {
  const { name, title, input } = toToolView(call);
  return { tool_name: name, description: title, args: [JSON.stringify(input)], input_raw: input };
}
