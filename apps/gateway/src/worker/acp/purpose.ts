import * as z from 'zod';
import { rpcId } from './agent-connection.ts';
import { fileWrite } from './file-requests.ts';
import { createParams } from './terminals.ts';

const requestId = { requestId: rpcId };

/** What is asked for, by the request of the agent that waits for it. Plain JSON: the next gateway may answer it. */
export const purpose = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('permission'),
    ...requestId,
    toolCallId: z.string(),
    /** What the agent may then do through us without asking once more. */
    allows: z.object({ writes: z.array(z.string()), command: z.string().optional() }),
  }),
  z.object({ is: z.literal('read'), ...requestId, params: z.looseObject({ path: z.string() }) }),
  z.object({ is: z.literal('write'), ...requestId, write: fileWrite }),
  z.object({ is: z.literal('terminal'), ...requestId, command: createParams }),
]);
export type Purpose = z.infer<typeof purpose>;
