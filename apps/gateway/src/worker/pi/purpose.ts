import * as z from 'zod';
import { rememberedCommand } from '../memory.ts';

/** What a request to Pi was for, when its reply says something. Plain JSON: it outlives the gateway that asked. */
export const purpose = z.discriminatedUnion('for', [
  /** The prompt of the turn with this number. */
  z.object({ for: z.literal('prompt'), turn: z.number() }),
  z.object({ for: z.literal('steer'), inputId: z.string() }),
  /** A command that is a turn of its own. */
  z.object({
    for: z.literal('own-turn'),
    turn: z.number(),
    command: z.string(),
    type: z.enum(['compact', 'new_session']),
  }),
  /** The id of the conversation that an own turn began. */
  z.object({ for: z.literal('new-session') }),
  z.object({ for: z.literal('command'), command: rememberedCommand }),
]);
export type Purpose = z.infer<typeof purpose>;
