import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { plainLine, plainText } from '../terminal/plain-text.ts';
import type { RunResult } from './run-result.ts';

/** How a run is told to whoever started it. */
export interface RunOutput {
  event(envelope: ServerEnvelope): void;
  result(result: RunResult): void;
}

type Streams = { out: NodeJS.WriteStream; err: NodeJS.WriteStream };

/** Every event as the gateway sent it, a line each, and the result as the last one. */
export function streamJson({ out }: Streams): RunOutput {
  return {
    event: (envelope) => void out.write(`${JSON.stringify(envelope)}\n`),
    result: (result) => void out.write(`${JSON.stringify({ type: 'result', ...result })}\n`),
  };
}

/** The result, and nothing else. */
export function oneJson({ out }: Streams): RunOutput {
  return { event() {}, result: (result) => void out.write(`${JSON.stringify(result)}\n`) };
}

/**
 * The answer on stdout, as it comes in a terminal, else whole, without what was taken back; what the agent does meanwhile on
 * stderr.
 */
export function plain({ out, err }: Streams): RunOutput {
  const isLive = out.isTTY === true;
  let endsLine = true;
  const say = (text: string) => {
    if (text === '') return;
    out.write(text);
    endsLine = text.endsWith('\n');
  };
  const note = (words: string) => {
    if (isLive && !endsLine) say('\n');
    err.write(`${words}\n`);
  };
  return {
    event({ event }) {
      if (event.type === 'tool_call') note(`● ${plainLine(event.data.title ?? event.data.name)}`);
      if (event.type === 'tool_result' && event.data.error !== undefined)
        note(`  ✗ ${plainLine(event.data.error)}`);
      if (event.type === 'worker.notice') note(`… ${plainLine(event.data.message)}`);
      if (!isLive) return;
      if (event.type === 'message.delta' && event.data.parent_id === undefined)
        say(plainText(event.data.content));
      if (event.type === 'message' && event.data.parent_id === undefined) say(plainText(event.data.content));
      if (event.type === 'message.end' && !endsLine) say('\n');
    },
    result({ text, error, session_id: id, denied, waits_for: waits, agent }) {
      if (!isLive && text !== '') say(plainText(text.endsWith('\n') ? text : `${text}\n`));
      else if (!endsLine) say('\n');
      if (error) note(`${agent}: ${plainLine(error.message, 500)} (${error.code})`);
      for (const tool of denied) note(`denied: ${plainLine(tool)}`);
      if (waits !== null) note(`nobody answered: ${plainLine(waits, 500)}`);
      note(`session ${id}`);
    },
  };
}
