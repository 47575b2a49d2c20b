import * as z from 'zod/mini';

/** What a client may ask of a session; `cancel` is an alias of `interrupt`. `reauth` is about its connection. */
export const clientControlAction = z.enum([
  'interrupt',
  'cancel',
  'terminate',
  'delete',
  'reset',
  'gc',
  'cd',
  'fork',
  'reauth',
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
  /** Of a client’s `reauth`: the credential that takes the place of the one that ends. */
  auth: z.optional(z.object({ token: z.string() })),
  suggestion: z.optional(z.record(z.string(), z.unknown())),
  details: z.optional(z.record(z.string(), z.unknown())),
});
