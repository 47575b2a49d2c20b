import * as z from 'zod/mini';

/** What a client may ask of a session; `cancel` is an alias of `interrupt`. */
export const clientControlAction = z.enum([
  'interrupt',
  'cancel',
  'terminate',
  'delete',
  'reset',
  'gc',
  'cd',
  'fork',
]);

/** What a gateway may tell its clients about the connection itself. */
export const serverControlAction = z.enum(['reconnect', 'session_invalid', 'throttle', 'reauth']);

/** `control` travels both ways. The reference puts values under `details`; both places are read. */
export const controlData = z.object({
  action: z.union([clientControlAction, serverControlAction, z.string()]),
  reason: z.optional(z.string()),
  delay_ms: z.optional(z.number()),
  recoverable: z.optional(z.boolean()),
  resume_session: z.optional(z.boolean()),
  suggestion: z.optional(z.record(z.string(), z.unknown())),
  details: z.optional(z.record(z.string(), z.unknown())),
});
