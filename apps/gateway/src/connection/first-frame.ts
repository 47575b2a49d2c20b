import { type ClientEvent, type Decoded, decodeClientFrame } from '@hotplex/aep-protocol';
import { z } from 'zod';

const disguised = z.looseObject({
  event: z.looseObject({
    type: z.literal('control'),
    data: z.looseObject({ version: z.string(), worker_type: z.string() }),
  }),
});

/** Reads the first frame. The reference's TypeScript SDK sends its init under the name `control`; that counts (rule H1). */
export function decodeFirstFrame(text: string): Decoded<ClientEvent> {
  const decoded = decodeClientFrame(text);
  if (decoded.outcome !== 'event' || decoded.envelope.event.type !== 'control') return decoded;
  const frame = disguised.safeParse(JSON.parse(text));
  if (!frame.success) return decoded;
  return decodeClientFrame(JSON.stringify({ ...frame.data, event: { ...frame.data.event, type: 'init' } }));
}
