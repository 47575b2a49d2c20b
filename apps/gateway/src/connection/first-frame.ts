import { type ClientEvent, type Decoded, decodeClientFrame } from '@hotplex/aep-protocol';
import { z } from 'zod';

const disguised = z.looseObject({
  event: z.looseObject({
    type: z.literal('control'),
    data: z.looseObject({ version: z.string(), worker_type: z.string() }),
  }),
});

/**
 * Reads the first frame. The reference's TypeScript SDK sends its init under the name `control`, and without the action
 * that a control has; that counts (rule H1).
 */
export function decodeFirstFrame(text: string): Decoded<ClientEvent> {
  const frame = disguised.safeParse(parsed(text));
  if (!frame.success) return decodeClientFrame(text);
  return decodeClientFrame(JSON.stringify({ ...frame.data, event: { ...frame.data.event, type: 'init' } }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
