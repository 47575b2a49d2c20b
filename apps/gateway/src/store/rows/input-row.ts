import { inputPart } from '@hotplex/aep-protocol';
import * as z from 'zod';
import type { InputRecord } from '../store.ts';

const inputParts = z.array(inputPart);

/** An input as a database gives it, JSON still as text. */
export type InputRow = Omit<InputRecord, 'parts'> & { parts: string | null };

/** Every input, under the names of `InputRow`. */
export const selectInputs = `
  select input_id as "inputId", body_hash as "bodyHash", content, parts, author, delivery, status, turn_id as "turnId",
    created_at as "createdAt", not_before as "notBefore"
  from inputs`;

export function toInputRecord(row: InputRow): InputRecord {
  return { ...row, parts: row.parts === null ? null : inputParts.parse(JSON.parse(row.parts)) };
}

export function toInputRow(record: InputRecord): InputRow {
  return { ...record, parts: record.parts === null ? null : JSON.stringify(record.parts) };
}
