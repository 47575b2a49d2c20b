import { loggedEvents } from '@hotplex/aep-protocol';
import { z } from 'zod';
import type { WorkerEvent } from '../worker.ts';

/** What the demo says beside events of the protocol. */
const ownLines = {
  'worker.ready': z.object({
    models: z.array(z.object({ id: z.string(), name: z.string().optional() })).optional(),
  }),
  'input.taken': z.object({ input_id: z.string() }),
  'interaction.withdrawn': z.object({ id: z.string() }),
  done: z.object({ ...loggedEvents.done.data.shape, input_ids: z.array(z.string()) }),
};
const table: Record<string, { safeParse(value: unknown): { success: boolean; data?: unknown } }> = {
  ...Object.fromEntries(Object.entries(loggedEvents).map(([kind, { data }]) => [kind, data])),
  ...ownLines,
};
const lineShape = z.object({ type: z.string(), data: z.unknown() });

/** A line of the demo agent as an event. It speaks the protocol’s own words, so this only checks them. */
export function translate(line: string): WorkerEvent {
  const raw = { type: 'raw', data: { kind: 'demo.unknown', raw: line } } as const;
  try {
    const { type, data } = lineShape.parse(JSON.parse(line));
    const parsed = table[type]?.safeParse(data);
    return parsed?.success ? ({ type, data: parsed.data } as WorkerEvent) : raw;
  } catch {
    return raw;
  }
}
