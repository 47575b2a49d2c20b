import type { ServerData, ServerEnvelope } from '@hotplex/aep-protocol';

/** What the older engine knows beside the words of an event; its clients read what they know of it. */
type EngineMeta = {
  tool_name?: string;
  tool_id?: string;
  status?: 'running' | 'success' | 'error';
  error_msg?: string;
  input_summary?: string;
  output_summary?: string;
};

/** An event in the older engine’s words. */
export type EngineEvent = { event: string; data: unknown };

/** Of long inputs and outputs so much is a summary, characters. */
const summaryLength = 200;

/** What an event of a turn is called by the older engine; what it had no word for is left out. */
export function toEngineEvents({ event }: ServerEnvelope): EngineEvent[] {
  switch (event.type) {
    case 'reasoning':
      return [said('thinking', event.data.content)];
    case 'message.delta':
    case 'message':
      return [said('answer', event.data.content)];
    case 'tool_call': {
      const { id, name, input } = event.data;
      const text = asText(input);
      return [
        said('tool_use', text, {
          tool_name: name,
          tool_id: id,
          status: 'running',
          input_summary: short(text),
        }),
      ];
    }
    case 'tool_result':
      return [toToolResult(event.data)];
    case 'permission_request':
      return [
        said('permission_request', event.data.description ?? event.data.tool_name, permission(event.data)),
      ];
    case 'question_request':
      return [said('ask_user_question', event.data.questions.map(({ question }) => question).join('\n'))];
    case 'error':
      return [{ event: 'error', data: { message: event.data.message, code: event.data.code } }];
    default:
      return [];
  }
}

function toToolResult({ id, output, error }: ServerData<'tool_result'>): EngineEvent {
  const text = error ?? asText(output);
  const outcome =
    error === undefined ? ({ status: 'success' } as const) : ({ status: 'error', error_msg: error } as const);
  return said('tool_result', text, { tool_id: id, ...outcome, output_summary: short(text) });
}

const permission = ({ tool_name, tool_call_id }: ServerData<'permission_request'>): EngineMeta => ({
  tool_name,
  ...(tool_call_id === undefined ? {} : { tool_id: tool_call_id }),
});

const said = (event: string, text: string, meta: EngineMeta = {}): EngineEvent => ({
  event,
  data: { event_type: event, event_data: text, meta },
});

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));
const short = (text: string) => text.slice(0, summaryLength);
