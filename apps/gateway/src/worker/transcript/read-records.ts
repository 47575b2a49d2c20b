import type * as z from 'zod';
import { readJsonLines } from './read-json-lines.ts';

/** The lines of a transcript that are what they should be; undefined if there is none, or it is too large to be one. */
export async function readRecords<T>(path: string, schema: z.ZodType<T>): Promise<T[] | undefined> {
  const records: T[] = [];
  try {
    for await (const line of readJsonLines(path)) {
      const record = schema.safeParse(line);
      if (record.success) records.push(record.data);
    }
  } catch {
    return undefined;
  }
  return records;
}
