import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sum } from '../../../apps/gateway/src/ground/sum.ts';
import { ask } from '../../support/ask.ts';
import { processorMs } from '../look-at-processes.ts';

/** How a gateway stands at a moment. Times in milliseconds, memory and files in MiB. */
export type Look = {
  /** Since the soak began. */
  atMs: number;
  /** Of its own process: what of it is in memory, and what of that is in no file. */
  resident: number;
  anonymous: number;
  /** Of JavaScript, with what is not collected yet; and what lies outside of it, such as buffers. */
  heap: number;
  external: number;
  openFiles: number;
  threads: number;
  database: number;
  /** SQLite's log, which lies beside the database. */
  log: number;
  /** How late the event loop was for 99 of 100 looks since the last one here. */
  lateMs: number;
  agents: number;
  connections: number;
  /** Since it began: what all its threads used of the processors, and how many events it has stored. */
  processorMs: number;
  events: number;
};

export type LookedAt = {
  pid: number;
  dataDir: string;
  /** Where operators ask, and their token. */
  operators: { port: number; token: string };
};

/** How often the gateway's own metric looks how late the event loop is; it counts that time, too. */
const metricLookMs = 10;
const mebibyte = 2 ** 20;

/** Looks at a process by `/proc` (man 5 proc_pid_status), at its files, and asks it for its metrics once. Linux. */
export async function lookAtGateway({ pid, dataDir, operators }: LookedAt, atMs: number): Promise<Look> {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const ofStatus = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  const { status: answered, body } = await ask(operators.port, '/metrics', {
    headers: { authorization: `Bearer ${operators.token}` },
  });
  if (answered !== 200) throw new Error(`the gateway does not tell its metrics: ${body}`);
  /** With all its labels together. */
  const metric = (name: string) =>
    sum(
      [...body.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'))].map(([, value]) => Number(value)),
    );
  const file = join(dataDir, 'hotplex.db');
  return {
    atMs,
    ...{ resident: ofStatus('VmRSS') / 1_024, anonymous: ofStatus('RssAnon') / 1_024 },
    heap: metric('nodejs_heap_size_used_bytes') / mebibyte,
    external: metric('nodejs_external_memory_bytes') / mebibyte,
    ...{ openFiles: readdirSync(`/proc/${pid}/fd`).length, threads: ofStatus('Threads') },
    ...{ database: sizeOf(file), log: sizeOf(`${file}-wal`) },
    lateMs: Math.max(0, metric('nodejs_eventloop_lag_p99_seconds') * 1_000 - metricLookMs),
    agents: metric('hotplex_workers_running'),
    connections: metric('hotplex_gateway_connections_open'),
    ...{ processorMs: processorMs(pid), events: metric('hotplex_gateway_events_total') },
  };
}

/** Zero if it is not there. */
const sizeOf = (path: string) => sum(globSync(path).map((file) => statSync(file).size)) / mebibyte;
