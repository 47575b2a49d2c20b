import type { ServerEnvelope, ServerEvent } from '@hotplex/aep-protocol';

type Script = { turnId?: string; firstSeq?: number };

/** The log of one turn: what is given, between `state running` and what ends it. */
export function turnOf(events: readonly ServerEvent[], script: Script = {}): ServerEnvelope[] {
  return logOf([{ type: 'state', data: { state: 'running' } }, ...events], { turnId: 'turn_1', ...script });
}

/** Numbered envelopes of a session. */
export function logOf(
  events: readonly ServerEvent[],
  { turnId, firstSeq = 1 }: Script = {},
): ServerEnvelope[] {
  return events.map((event, index) => ({
    version: 'aep/v1',
    id: `evt_${firstSeq + index}`,
    seq: firstSeq + index,
    session_id: 'session_1',
    timestamp: 1_700_000_000_000 + firstSeq + index,
    ...(turnId === undefined ? {} : { turn_id: turnId }),
    event,
  }));
}

export const succeeded: ServerEvent = { type: 'done', data: { success: true } };

export function said(id: string, ...pieces: string[]): ServerEvent[] {
  return [
    { type: 'message.start', data: { id, role: 'assistant', content_type: 'text' } },
    ...pieces.map((content): ServerEvent => ({ type: 'message.delta', data: { message_id: id, content } })),
    { type: 'message.end', data: { message_id: id } },
  ];
}

export function called(id: string, name = 'Bash'): ServerEvent {
  return { type: 'tool_call', data: { id, name, input: { command: 'ls' } } };
}

export function returned(id: string, output: unknown = 'ok'): ServerEvent {
  return { type: 'tool_result', data: { id, output } };
}

/** Figures of a turn of which the agent said nothing. */
export const noStats = {
  duration_ms: null,
  time_to_first_token_ms: null,
  tool_calls: null,
  input_tokens: null,
  output_tokens: null,
  cache_read_tokens: null,
  cache_write_tokens: null,
  total_tokens: null,
  cost_usd: null,
  model: null,
  context_used_percent: null,
  stop_reason: null,
};
