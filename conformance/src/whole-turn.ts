import type { WireStep } from './wire-step.ts';

type WholeTurn = Extract<WireStep, { says: string[] }>;

/** Figures that an agent may not say. */
const figures = [
  ...['duration_ms', 'time_to_first_token_ms', 'tool_calls', 'input_tokens', 'output_tokens'],
  ...['cache_read_tokens', 'cache_write_tokens', 'total_tokens', 'cost_usd', 'model', 'context_used_percent'],
];

/** What `done` says of a turn that ended in this way; the figures are there, whatever they are (rule E3). */
export function doneData(success: boolean, stopReason: string): Record<string, unknown> {
  const unknown = Object.fromEntries(figures.map((name) => [name, { $any: null }]));
  return { success, dropped: false, stats: { ...unknown, stop_reason: stopReason } };
}

/** A turn in single steps, in the order of rule S2. */
export function expandTurn({ turn, of, content, says, logged_only: loggedOnly }: WholeTurn): WireStep[] {
  const message = { message_id: { $any: `text-${turn}` } };
  const start = { id: { $any: `text-${turn}` }, role: 'assistant', content_type: 'text' };
  const asked = { input_id: of, content, author: { $any: 'key:1' }, delivery: 'queue', status: 'queued' };
  const status = (value: string) => ({ input_id: of, status: value, turn_id: { $any: turn } });
  const events: [kind: string, data: Record<string, unknown>, isOutside?: 'outside'][] = [
    ['input', asked, 'outside'],
    ['input.status', status('delivered')],
    ['state', { state: 'running' }],
    ['message.start', start],
    ...says.map((content): [string, Record<string, unknown>] => ['message.delta', { ...message, content }]),
    ['message.end', message],
    ['done', doneData(true, 'end_turn')],
    ['input.status', status('done')],
    ['state', { state: 'idle' }, 'outside'],
  ];
  return events.map(([kind, data, outside]) => {
    const rest = { data, ...(outside ? {} : { turn }) };
    return loggedOnly ? { log: kind, ...rest } : { server: kind, ...rest };
  });
}
