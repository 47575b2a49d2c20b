import type { ServerEvent } from '@hotplex/aep-protocol';
import type { ToolState } from './message.ts';

type ToolEvent = Extract<ServerEvent, { type: 'tool_call' | 'tool_update' | 'tool_result' }>;

/** How a tool call stands, in OpenCode’s words, after something was told of it. */
export const toolState = {
  next(known: ToolState | undefined, event: ToolEvent, timestamp: number): ToolState {
    const start = known?.time.start ?? timestamp;
    const input = event.type === 'tool_call' ? event.data.input : (known?.input ?? {});
    const title = titleOf(event) ?? (known && 'title' in known ? known.title : undefined);
    const before = known?.metadata ?? {};
    if (event.type !== 'tool_result') {
      const metadata = { ...before, ...outputOf(event, before.output) };
      return {
        ...{ status: 'running', input, metadata, time: { start } },
        ...(title === undefined ? {} : { title }),
      };
    }
    const { output, error, metadata: told = {} } = event.data;
    const text = asText(output);
    const metadata = { ...before, ...told, ...(text === '' ? {} : { output: text }) };
    const time = { start, end: timestamp };
    return error === undefined
      ? { status: 'completed', input, output: text, title: title ?? '', metadata, time }
      : { status: 'error', input, error, metadata, time };
  },

  /** Its turn ended before it did. */
  cutOff: ({ input, time: { start } }: ToolState, timestamp: number): ToolState => ({
    ...{ status: 'error', input, error: 'The turn ended before this tool did.' },
    time: { start, end: timestamp },
  }),
};

const titleOf = (event: ToolEvent) => (event.type === 'tool_result' ? undefined : event.data.title);

/** OpenCode shows what a running command has said so far from here. */
function outputOf(event: ToolEvent, before: unknown): { output?: string } {
  if (event.type !== 'tool_update') return {};
  const { output, output_delta: delta } = event.data;
  if (output !== undefined) return { output: asText(output) };
  return delta === undefined ? {} : { output: `${asText(before)}${delta}` };
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
