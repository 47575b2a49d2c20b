import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { readUIMessageStream, uiMessageChunkSchema } from 'ai';
import { TurnMapper, type TurnMapperOptions } from '../src/mapping/turn-mapper.ts';
import { toReadable } from '../src/to-readable.ts';
import type { AepChunk, AepUIMessage } from '../src/ui-message.ts';

/** The chunks of a turn, each checked against the AI SDK’s own schema. */
export async function chunksOf(
  envelopes: readonly ServerEnvelope[],
  options: Partial<TurnMapperOptions> = {},
): Promise<AepChunk[]> {
  const mapper = new TurnMapper({ turnId: 'turn_1', ...options });
  const chunks = envelopes.flatMap((envelope) => mapper.map(envelope));
  for (const chunk of chunks) await checkChunk(chunk);
  return chunks;
}

export async function checkChunk(chunk: AepChunk): Promise<void> {
  const checked = await uiMessageChunkSchema().validate?.(chunk);
  if (!checked?.success) throw new Error(`not a chunk of the AI SDK: ${JSON.stringify(chunk)}`);
}

/** The message that a stream of chunks makes, as `useChat` would hold it. */
export async function messageOf(chunks: Iterable<AepChunk>): Promise<AepUIMessage> {
  let message: AepUIMessage | undefined;
  const stream = toReadable<AepChunk>(chunks);
  for await (const newer of readUIMessageStream<AepUIMessage>({ stream, terminateOnError: true })) {
    message = newer;
  }
  if (!message) throw new Error('the chunks made no message');
  return message;
}

export async function read(
  envelopes: readonly ServerEnvelope[],
  options: Partial<TurnMapperOptions> = {},
): Promise<AepUIMessage> {
  return messageOf(await chunksOf(envelopes, options));
}
