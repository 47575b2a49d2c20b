import { z } from 'zod';

/** How a gateway stands, for operators and for the other nodes of its cluster. */
export const nodeReport = z.object({
  is_draining: z.boolean().describe('It takes no more work, and ends when its turns have ended.'),
  sessions: z.int().describe('Sessions that it works for.'),
  workers: z.int().describe('Agents that run there.'),
  turns: z.int().describe('Turns that run there.'),
  connections: z.int().describe('Sockets that are open there, those led on to other nodes among them.'),
});

export type NodeReport = z.infer<typeof nodeReport>;
