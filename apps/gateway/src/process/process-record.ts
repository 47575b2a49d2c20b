import { readFileSync } from 'node:fs';
import { isolationLevels } from '@hotplex/aep-protocol';
import * as z from 'zod';
import { networks } from './child-process.ts';
import type { ProcessTable } from './process-table.ts';
import { findRunning } from './process-tree.ts';
import { withSpareDescriptor } from './spare-descriptor.ts';

const processName = z.object({ pid: z.int().positive(), startTime: z.string() });
const gatewayName = processName.extend({ bootId: z.string() });

/** What a gateway writes down of each process it starts, so that another can find it, or end it. */
export const processRecord = z.object({
  mark: z.string(),
  /** Whether a later gateway may go on with it. */
  lasting: z.boolean(),
  /** What keeps it from the rest of the machine. Those of earlier versions had no walls. */
  isolation: z.enum(isolationLevels).default('none'),
  network: z.enum(networks).default('open'),
  /** What was put into its work dir for as long as somebody needs it there. */
  placeholders: z.array(z.string()).default([]),
  /** What is to be run once its tree is gone. */
  afterwards: z
    .object({ file: z.string(), args: z.array(z.string()), env: z.record(z.string(), z.string()) })
    .optional(),
  /** Whose it is. Once that gateway is gone and no other has taken it over, whoever finds the process ends it. */
  gateway: gatewayName,
  /** Undefined from just before the start until just after it. */
  process: processName.optional(),
});

export type ProcessRecord = z.infer<typeof processRecord>;
/** The walls of a process, as they are written down. */
export type RecordedWalls = Pick<ProcessRecord, 'isolation' | 'network' | 'placeholders' | 'afterwards'>;
/** A gateway beyond doubt: after a restart of the machine pids and start times begin anew. */
export type GatewayName = z.infer<typeof gatewayName>;

/** This gateway. Undefined on a platform without /proc. */
export function nameGateway(table: ProcessTable): GatewayName | undefined {
  const self = table.find(process.pid);
  return self && { pid: self.pid, startTime: self.startTime, bootId: readBootId() };
}

/** Whether the machine has not been restarted since that gateway ran. */
export function isOfThisBoot({ bootId }: GatewayName): boolean {
  return bootId === readBootId();
}

/** Whether that gateway still runs. */
export function isRunning(gateway: GatewayName, table: ProcessTable): boolean {
  return isOfThisBoot(gateway) && findRunning(gateway, table) !== undefined;
}

/** Another at each start of the machine (man 5 proc_sys_kernel); empty if the kernel does not tell. */
function readBootId(): string {
  try {
    return withSpareDescriptor(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  } catch {
    return '';
  }
}
