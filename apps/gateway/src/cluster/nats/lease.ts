import { z } from 'zod';
import type { NodeLife } from '../bus.ts';

const leaseSchema = z.object({
  life: z.uuid(),
  node: z.string(),
  workspace: z.string(),
  version: z.string(),
  startedAt: z.number(),
  /** For how long after a renewal nobody else may take what it has, milliseconds. */
  leaseMs: z.number().positive(),
  renewals: z.int(),
  /** Given back by itself, or given up by others. */
  isOver: z.boolean(),
});

/** What stands in the bucket of leases under the name of a life. */
export type Lease = z.infer<typeof leaseSchema>;

/** A lease as somebody of this cluster wrote it; undefined for what another version meant otherwise. */
export function readLease(text: string): Lease | undefined {
  try {
    return leaseSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The life that a lease is for. */
export function lifeOf({ life, node, workspace, version, startedAt }: Lease): NodeLife {
  return { life, node, workspace, version, startedAt };
}
