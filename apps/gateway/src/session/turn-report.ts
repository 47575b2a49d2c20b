import { turnStats } from '@hotplex/aep-protocol';
import * as z from 'zod';
import type { EventRecord } from '../store/store.ts';

/** How a turn ended, in figures; `null` where its agent did not say. */
export type TurnReport = {
  /** The number of its last event. */
  seq: number;
  success: boolean;
  duration_ms: number | null;
  cost_usd: number | null;
  tokens_in: number | null;
  tokens_out: number | null;
  model: string | null;
  /** Unix milliseconds. */
  createdAt: number;
};

const done = z.object({ success: z.boolean(), stats: z.optional(turnStats) });

/** What an event of the log says of the end of a turn; undefined if it is no such event. */
export function readTurn({ type, seq, timestamp, data }: EventRecord): TurnReport | undefined {
  if (type !== 'done') return undefined;
  const parsed = done.safeParse(JSON.parse(data));
  if (!parsed.success) return undefined;
  const { success, stats } = parsed.data;
  return {
    ...{ seq, success, createdAt: timestamp },
    duration_ms: stats?.duration_ms ?? null,
    cost_usd: stats?.cost_usd ?? null,
    tokens_in: stats?.input_tokens ?? null,
    tokens_out: stats?.output_tokens ?? null,
    model: stats?.model ?? null,
  };
}
