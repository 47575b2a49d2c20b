import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from './auth/private-file.ts';
import { createProcessTable } from './process/process-table.ts';

const schema = z.object({
  pid: z.int().positive(),
  /** Of the process, in clock ticks since boot: a pid alone can be given to a stranger. Null where nobody tells. */
  start_time: z.string().nullable(),
  url: z.string(),
  version: z.string(),
  /** ISO 8601. */
  started_at: z.string(),
  /** It takes no more work, and is gone in a moment. */
  ending: z.boolean(),
  /** It runs for the command that started it, and ends with that. */
  bound: z.boolean().default(false),
  /** Where its log is; null: in the terminal it runs in, or with whoever runs it there. */
  log_file: z.string().nullable().default(null),
});

/** A gateway that runs, as commands on the same machine find it. */
export type GatewayRecord = z.infer<typeof schema>;

const fileOf = (dataDir: string) => join(dataDir, 'gateway.json');

/** Tells commands on this machine where the gateway of this data is, for as long as it is there. */
export function announceGateway(
  dataDir: string,
  { now, ...told }: Pick<GatewayRecord, 'url' | 'version' | 'bound' | 'log_file'> & { now: number },
): { ending(): void; withdraw(): void } {
  const startTime = createProcessTable().find(process.pid)?.startTime ?? null;
  const record: GatewayRecord = {
    ...{ ...told, pid: process.pid, start_time: startTime },
    ...{ started_at: new Date(now).toISOString(), ending: false },
  };
  const write = (current: GatewayRecord) => writePrivateFile(fileOf(dataDir), `${JSON.stringify(current)}\n`);
  write(record);
  return {
    ending: () => write({ ...record, ending: true }),
    withdraw() {
      // The next gateway may have begun as soon as the database was free: what is there now is its own.
      const { pid, start_time } = readRecord(dataDir) ?? {};
      if (pid === record.pid && start_time === record.start_time) rmSync(fileOf(dataDir), { force: true });
    },
  };
}

/** The gateway that runs on this data; undefined if none does, whatever one that was killed has left behind. */
export function findGateway(dataDir: string): GatewayRecord | undefined {
  const record = readRecord(dataDir);
  return record && isAlive(record) ? record : undefined;
}

function readRecord(dataDir: string): GatewayRecord | undefined {
  const file = fileOf(dataDir);
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Gone meanwhile, or not ours.
    return undefined;
  }
}

/** Whether that very process runs still. */
export function isAlive({ pid, start_time: startTime }: Pick<GatewayRecord, 'pid' | 'start_time'>): boolean {
  if (startTime !== null) {
    const entry = createProcessTable().find(pid);
    return entry !== undefined && entry.startTime === startTime && !entry.zombie;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
