import { z } from '@hono/zod-openapi';

/** A frame as the protocol has it: docs/protocol.md and the JSON Schema of its package say more. */
export const frameShape = z.looseObject({
  version: z.string(),
  id: z.string(),
  seq: z.number(),
  session_id: z.string(),
  timestamp: z.number().describe('Unix milliseconds.'),
  event: z.looseObject({ type: z.string() }),
});
