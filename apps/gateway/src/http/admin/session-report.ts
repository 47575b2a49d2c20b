import { z } from '@hono/zod-openapi';
import { sessionStates } from '@hotplex/aep-protocol';
import type { SessionRecord } from '../../store/store.ts';

/** A session as operators see it: whose it is and how it goes, nothing that anybody said, its title included. */
export const sessionReport = z.object({
  id: z.string(),
  owner_id: z.string(),
  bot_id: z.string().nullable(),
  worker_type: z.string(),
  state: z.enum(sessionStates),
  work_dir: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  last_seq: z.number(),
  turn: z.object({ id: z.string(), first_seq: z.number() }).nullable(),
});

export function toSessionReport(record: SessionRecord): z.infer<typeof sessionReport> {
  const { id, ownerId, botId, workerType, state, workDir, createdAt, updatedAt, lastSeq, turn } = record;
  return {
    ...{ id, owner_id: ownerId, bot_id: botId, worker_type: workerType, state, work_dir: workDir },
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
    last_seq: lastSeq,
    turn: turn ? { id: turn.id, first_seq: turn.firstSeq } : null,
  };
}
