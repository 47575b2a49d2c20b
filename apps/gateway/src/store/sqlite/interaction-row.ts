import * as z from 'zod';
import type { InteractionRecord } from '../store.ts';

const eventData = z.record(z.string(), z.unknown());

/** An interaction as SQLite gives it, JSON still as text. */
export type InteractionRow = Omit<InteractionRecord, 'request' | 'resolution'> & {
  request: string;
  resolution: string | null;
};

/** Every interaction, under the names of `InteractionRow`. */
export const selectInteractions = `
  select id, kind, turn_id as turnId, request, status, resolution, deadline_at as deadlineAt, created_at as createdAt
  from interactions`;

export function toInteractionRecord(row: InteractionRow): InteractionRecord {
  return {
    ...row,
    request: eventData.parse(JSON.parse(row.request)),
    resolution: row.resolution === null ? null : eventData.parse(JSON.parse(row.resolution)),
  };
}

export function toInteractionRow(record: InteractionRecord): InteractionRow {
  return {
    ...record,
    request: JSON.stringify(record.request),
    resolution: record.resolution === null ? null : JSON.stringify(record.resolution),
  };
}
