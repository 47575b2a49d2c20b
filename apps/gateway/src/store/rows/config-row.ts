import * as z from 'zod';
import { type ConfigRecord, configOrigins } from '../../ground/config-record.ts';

/** A configuration as a database gives it, its changes still as JSON text. */
export type ConfigRow = Omit<ConfigRecord, 'changes'> & { changes: string };

const change = z.object({ key: z.string(), old: z.unknown(), new: z.unknown(), restart: z.boolean() });
const stored = z.object({ origin: z.enum(configOrigins), changes: z.array(change) });

export function toConfigRecord(row: ConfigRow): ConfigRecord {
  return { ...row, ...stored.parse({ ...row, changes: JSON.parse(row.changes) }) };
}
