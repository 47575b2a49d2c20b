import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Block, Step } from './script.ts';

type Answer = Extract<Step, { do: 'answer' }>;
type Options = { response: ServerResponse; answer: Answer; number: number; model: string };

const usage = {
  input_tokens: 1_200,
  cache_creation_input_tokens: 300,
  cache_read_input_tokens: 900,
  output_tokens: 1,
};
const finalUsage = { ...usage, output_tokens: 42 };

/** The answer as one JSON document: a client that gave up streaming asks so. */
export function writeWhole({ response, answer, number, model }: Options): void {
  const content = answer.blocks.map((block, index) => toContent(block, `${number}_${index}`));
  response.writeHead(200, { 'content-type': 'application/json', ...answer.headers });
  response.end(JSON.stringify({ ...message(number, model), content, ...ending(answer), usage: finalUsage }));
}

/** The answer as server-sent events, in the order of the Messages API. */
export async function writeStream(options: Options): Promise<void> {
  const { response, answer, number, model } = options;
  response.writeHead(200, { 'content-type': 'text/event-stream', ...answer.headers });
  const send = (event: { type: string } & Record<string, unknown>) => {
    if (!response.destroyed) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  };
  send({ type: 'message_start', message: { ...message(number, model), content: [], usage } });
  for (const [index, block] of answer.blocks.entries()) {
    const { start, deltas } = toStream(block, `${number}_${index}`, answer.chunk ?? 16);
    send({ type: 'content_block_start', index, content_block: start });
    for (const delta of deltas) {
      if (response.destroyed) return;
      send({ type: 'content_block_delta', index, delta });
      if (answer.pace) await pause(answer.pace);
    }
    const isLast = index === answer.blocks.length - 1;
    if (isLast && answer.breaks) return breakOff(response, answer.breaks, send);
    send({ type: 'content_block_stop', index });
  }
  send({ type: 'message_delta', delta: ending(answer), usage: finalUsage });
  send({ type: 'message_stop' });
  response.end();
}

function breakOff(
  response: ServerResponse,
  how: NonNullable<Answer['breaks']>,
  send: (event: { type: string } & Record<string, unknown>) => void,
): void {
  if (how === 'error-event') {
    send({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });
    response.end();
  } else response.destroy();
}

function message(number: number, model: string) {
  const id = `msg_${String(number).padStart(6, '0')}`;
  return { id, type: 'message', role: 'assistant', model, stop_reason: null, stop_sequence: null };
}

function ending({ blocks }: Answer) {
  const calls = blocks.some(({ type }) => type === 'tool_use');
  return { stop_reason: calls ? 'tool_use' : 'end_turn', stop_sequence: null };
}

function toContent(block: Block, id: string) {
  if (block.type === 'text') return { type: 'text', text: block.text };
  if (block.type === 'thinking') return { type: 'thinking', thinking: block.text, signature: 'c2lnbmVk' };
  return { type: 'tool_use', id: `toolu_${id}`, name: block.name, input: block.input };
}

function toStream(block: Block, id: string, size: number) {
  const pieces = (words: string) => words.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
  switch (block.type) {
    case 'text':
      return {
        start: { type: 'text', text: '' },
        deltas: pieces(block.text).map((text) => ({ type: 'text_delta', text })),
      };
    case 'thinking':
      return {
        start: { type: 'thinking', thinking: '', signature: '' },
        deltas: [
          ...pieces(block.text).map((thinking) => ({ type: 'thinking_delta', thinking })),
          { type: 'signature_delta', signature: 'c2lnbmVk' },
        ],
      };
    case 'tool_use':
      return {
        start: { type: 'tool_use', id: `toolu_${id}`, name: block.name, input: {} },
        deltas: pieces(JSON.stringify(block.input)).map((partial_json) => ({
          type: 'input_json_delta',
          partial_json,
        })),
      };
  }
}
