import { z } from '@hono/zod-openapi';
import type { SessionQuery, SessionRecord } from '../store/store.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

/** How a page of sessions is asked for. */
export const sessionPageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1_024).optional(),
});

/** The answer: sessions in somebody’s view of them, and the way on. */
export const sessionPage = <View extends z.ZodType>(view: View) =>
  z.object({ sessions: z.array(view), next_cursor: z.string().nullable() });

const place = z.object({ updatedAt: z.number(), id: z.string() });

/** The page that was asked for, newest change first. Throws INVALID_MESSAGE for a cursor that no page gave out. */
export function readSessionPage<View>(
  { limit, cursor }: z.infer<typeof sessionPageQuery>,
  list: (page: Pick<SessionQuery, 'limit' | 'before'>) => SessionRecord[],
  toView: (record: SessionRecord) => View,
): { sessions: View[]; next_cursor: string | null } {
  const records = list({ limit, ...(cursor !== undefined && { before: decodeCursor(cursor, place) }) });
  const last = records.length === limit ? records.at(-1) : undefined;
  return {
    sessions: records.map(toView),
    next_cursor: last ? encodeCursor({ updatedAt: last.updatedAt, id: last.id }) : null,
  };
}
