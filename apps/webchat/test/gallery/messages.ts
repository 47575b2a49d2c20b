import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { askingParts } from './asking.ts';
import { turnParts } from './parts.ts';

const stats = {
  duration_ms: 83_400,
  time_to_first_token_ms: 900,
  tool_calls: 8,
  input_tokens: 12_300,
  output_tokens: 950,
  cache_read_tokens: null,
  cache_write_tokens: null,
  total_tokens: 13_250,
  cost_usd: 0.0431,
  model: 'demo-1',
  context_used_percent: 12,
  stop_reason: 'end_turn',
};

/** A conversation in which everything occurs that a turn can hold. */
export const galleryMessages: AepUIMessage[] = [
  {
    id: 'u1',
    role: 'user',
    parts: [{ type: 'text', text: 'Fix the parser, please.\nIt loses the last line.' }],
  },
  { id: 'turn_1', role: 'assistant', parts: turnParts, metadata: { success: true, stats } },
  { id: 'u2', role: 'user', parts: [{ type: 'text', text: 'Stop there.' }] },
  {
    id: 'turn_2',
    role: 'assistant',
    parts: [{ type: 'text', text: 'I was about to', state: 'done' }],
    metadata: { success: false, stopReason: 'interrupted' },
  },
  { id: 'u3', role: 'user', parts: [{ type: 'text', text: 'And now?' }] },
  {
    id: 'turn_3',
    role: 'assistant',
    parts: [
      {
        type: 'data-error',
        id: 'x',
        data: { code: 'WORKER_CRASH', message: 'The agent process ended with code 137.', retryable: true },
      },
    ],
    metadata: { success: false },
  },
  { id: 'u4', role: 'user', parts: [{ type: 'text', text: 'Ask me things.' }] },
  { id: 'turn_4', role: 'assistant', parts: askingParts },
];
