import * as z from 'zod';
import type { InteractionRecord } from '../store.ts';

const eventData = z.record(z.string(), z.unknown());

/** An interaction as a database gives it, JSON still as text. */
export type InteractionRow = Omit<InteractionRecord, 'request' | 'resolution' | 'answer'> & {
  request: string;
  resolution: string | null;
  answer: string | null;
};

/** Every interaction, under the names of `InteractionRow`. */
export const selectInteractions = `
  select id, kind, turn_id as "turnId", request, status, resolution, answer,
    deadline_at as "deadlineAt", created_at as "createdAt", resolved_at as "resolvedAt"
  from interactions`;

export function toInteractionRecord(row: InteractionRow): InteractionRecord {
  return {
    ...row,
    request: eventData.parse(JSON.parse(row.request)),
    resolution: row.resolution === null ? null : eventData.parse(JSON.parse(row.resolution)),
    answer: row.answer === null ? null : eventData.parse(JSON.parse(row.answer)),
  };
}

export function toInteractionRow(record: InteractionRecord): InteractionRow {
  return {
    ...record,
    request: JSON.stringify(record.request),
    resolution: record.resolution === null ? null : JSON.stringify(record.resolution),
    answer: record.answer === null ? null : JSON.stringify(record.answer),
  };
}
