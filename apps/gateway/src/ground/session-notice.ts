import { z } from 'zod';

/** That something happened in a session, as nodes of a cluster tell it to each other: what it was is in the log. */
export const sessionNotice = z.object({
  id: z.string(),
  ownerId: z.string(),
  /** The first number in the log that is new. */
  firstSeq: z.number(),
  /** What was known of a session that was deleted: soon it can be looked up nowhere. */
  deleted: z.record(z.string(), z.unknown()).exactOptional(),
});
export type SessionNotice = z.infer<typeof sessionNotice>;
