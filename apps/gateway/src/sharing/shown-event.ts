import type { LoggedEvent, ServerData } from '@hotplex/aep-protocol';
import type { LeftOut } from '../ground/share-link.ts';
import { type ShownTools, showCall, showResult, showUpdate } from './shown-tools.ts';

type Kind = LoggedEvent['type'];
type Data<K extends Kind> = ServerData<K>;

/** What a guest is shown of the events of one turn. */
export type Showing = { leftOut: ReadonlySet<LeftOut>; tools: ShownTools };

/** Of each kind of event: what of its data goes to guests. A kind that is not among them goes to nobody. */
type Table = { [K in Kind]?: (data: Data<K>, showing: Showing) => object | undefined };

const noFigures = {
  input_tokens: null,
  output_tokens: null,
  cache_read_tokens: null,
  cache_write_tokens: null,
  total_tokens: null,
  cost_usd: null,
  context_used_percent: null,
} as const;

/**
 * The conversation, and nothing of the machine, its people or what it costs: fields are named one by one, so that what
 * the protocol will have tomorrow is left out until somebody thinks of it.
 */
const shown: Table = {
  input: ({ input_id, content, delivery, status }) => ({ input_id, content, author: '', delivery, status }),
  'input.status': ({ input_id, status, turn_id, content, reason }) => ({
    ...{ input_id, status, turn_id, content, reason },
  }),
  'message.start': ({ id, role, content_type, parent_id }) => ({ id, role, content_type, parent_id }),
  'message.delta': ({ message_id, content, parent_id }) => ({ message_id, content, parent_id }),
  'message.end': ({ message_id, parent_id }) => ({ message_id, parent_id }),
  message: ({ id, role, content, content_type, parent_id }) => ({
    ...{ id, role, content, content_type, parent_id },
  }),
  reasoning: ({ id, content, parent_id }) => ({ id, content, parent_id }),
  tool_call: showCall,
  tool_update: showUpdate,
  tool_result: showResult,
  step: ({ id, step_type, name, status, parent_id, duration }) => ({
    ...{ id, step_type, name, status, parent_id, duration },
  }),
  plan: ({ entries }) => ({ entries }),
  question_request: ({ id, questions, tool_call_id }, { leftOut }) => ({
    ...{ id, tool_call_id },
    questions: leftOut.has('files') ? questions.map(withoutPreviews) : questions,
  }),
  'question.resolved': ({ id, answers, reason }) => ({ id, answers, by: null, reason }),
  error: ({ code, message, retryable }) => ({ code, message, retryable }),
  'worker.notice': ({ kind, message }) => ({ kind, message }),
  done: ({ success, stats, dropped }) => ({
    ...{ success, dropped },
    ...(stats && {
      stats: {
        ...noFigures,
        duration_ms: stats.duration_ms,
        time_to_first_token_ms: stats.time_to_first_token_ms,
        tool_calls: stats.tool_calls,
        model: stats.model,
        stop_reason: stats.stop_reason,
      },
    }),
  }),
};

type Question = Data<'question_request'>['questions'][number];

/** What a choice would look like is mostly what it would write. */
function withoutPreviews({ options, ...question }: Question): Question {
  return { ...question, options: options.map(({ preview: _, ...option }) => option) };
}

/** The event as a guest is shown it, texts not redacted yet; undefined if it is none of a guest's business. */
export function showEvent(event: LoggedEvent, showing: Showing): object | undefined {
  // The table has for each kind a function of its own data.
  const show = shown[event.type] as ((data: unknown, showing: Showing) => object | undefined) | undefined;
  return show?.(event.data, showing);
}
