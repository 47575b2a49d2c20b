import * as z from 'zod';
import type { AuditRecord } from '../audit-log.ts';

/** An audit record as a database gives it, its rules still as JSON text. */
export type AuditRow = Omit<AuditRecord, 'rules'> & { rules: string };

const rules = z.array(z.string());

export function toAuditRecord(row: AuditRow): AuditRecord {
  return { ...row, rules: rules.parse(JSON.parse(row.rules)) };
}

/** How many records one look backwards goes through for those that are meant. */
export const recordsOfLook = 20_000;
