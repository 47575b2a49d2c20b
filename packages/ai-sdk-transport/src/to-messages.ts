import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { readUIMessageStream } from 'ai';
import type { AepChunk, AepUIMessage } from './aep-ui-message.ts';
import { TurnMapper } from './turn-mapper.ts';
import { toUserMessage } from './user-message.ts';

export type History = {
  messages: AepUIMessage[];
  /** The turn that still runs; it is left to `reconnectToStream`. */
  activeTurn: { id: string; firstSeq: number } | undefined;
  lastSeq: number;
};

type Open = { mapper: TurnMapper; chunks: AepChunk[]; firstSeq: number };

/** Messages from logged events, with the mapper that also makes the live ones. */
export async function toMessages(
  envelopes: Iterable<ServerEnvelope> | AsyncIterable<ServerEnvelope>,
): Promise<History> {
  const messages: AepUIMessage[] = [];
  // A prompt becomes part of the conversation when the agent takes it; until then it waits in the queue.
  const inputs = new Map<string, AepUIMessage>();
  const turns = new Map<string, Open>();
  let lastSeq = 0;
  for await (const envelope of envelopes) {
    const { event, seq, timestamp, turn_id: turnId, session_id: sessionId } = envelope;
    lastSeq = Math.max(lastSeq, seq);
    if (event.type === 'input') inputs.set(event.data.input_id, toUserMessage(event.data, timestamp));
    if (event.type === 'input.status' && event.data.status !== 'queued') {
      const message = inputs.get(event.data.input_id);
      inputs.delete(event.data.input_id);
      if (message && event.data.status !== 'cancelled') messages.push(message);
    }
    if (turnId === undefined) continue;
    let turn = turns.get(turnId);
    if (!turn && event.type !== 'input.status') {
      const mapper = new TurnMapper({ turnId, sessionId });
      turn = { mapper, chunks: mapper.start(timestamp), firstSeq: seq };
      turns.set(turnId, turn);
    }
    turn?.chunks.push(...turn.mapper.map(envelope));
    if (!turn || event.type !== 'done') continue;
    turns.delete(turnId);
    const message = await assemble(turn.chunks);
    if (message) messages.push(message);
  }
  const [active] = turns;
  return { messages, activeTurn: active && { id: active[0], firstSeq: active[1].firstSeq }, lastSeq };
}

async function assemble(chunks: readonly AepChunk[]): Promise<AepUIMessage | undefined> {
  const stream = new ReadableStream<AepChunk>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  let last: AepUIMessage | undefined;
  for await (const message of readUIMessageStream<AepUIMessage>({ stream })) last = message;
  return last;
}
