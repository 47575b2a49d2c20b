import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import type { ChildProcess, ProcessHandle, ProcessListener } from './child-process.ts';
import { createFailedProcess } from './failed-process.ts';
import type { Isolation } from './isolation.ts';
import type { MemoryLimit } from './memory-limit.ts';
import { ProcessFolder } from './process-folder.ts';
import { type GatewayName, isOfThisBoot, nameGateway } from './process-record.ts';
import type { ProcessTable } from './process-table.ts';
import { findProcessTree, findRunning } from './process-tree.ts';
import { removeProcess } from './remove-process.ts';
import { type LeaderEnd, SpawnedProcess } from './spawned-process.ts';
import { diedWhileWriting } from './spool/fifo-writer.ts';
import { Spool, type SpoolLimits } from './spool/spool.ts';
import { stopTree } from './stop-tree.ts';

export type AdoptOptions = {
  handle: ProcessHandle;
  offset: number;
  maxLineBytes: number;
  graceMs: number;
  limits?: Partial<SpoolLimits> | undefined;
  memory?: Pick<MemoryLimit, 'watch'> | undefined;
  isolation: Isolation;
  listener: ProcessListener;
  table: ProcessTable;
  clock: Clock;
  logger: Logger;
};

/** It is not our child, so nobody tells us of its end. */
const lookMs = 100;

/**
 * Goes on with a process that an earlier gateway started: tells what it wrote since, whether it still runs or not. One
 * that nobody can go on with is ended first, and told as an exit with words.
 */
export function adoptProcess(options: AdoptOptions): ChildProcess {
  const { handle, listener, table, clock, logger } = options;
  const folder = new ProcessFolder(handle.folder);
  const record = folder.read();
  // After a restart of the machine its pid and even its start time may be a stranger's: then only its mark counts.
  const process = record && isOfThisBoot(record.gateway) ? handle : undefined;
  const tree = findProcessTree(
    { mark: handle.mark, process, walled: record?.isolation === 'sandbox' },
    table,
  );
  try {
    const gateway = nameGateway(table);
    if (!record || !gateway) throw new Error('what was written down of the agent process is gone');
    if (record.isolation !== options.isolation.level) {
      throw new Error(
        `it was started with isolation ${record.isolation}, and now ${options.isolation.level} is asked for`,
      );
    }
    const { network = 'open' } = options.isolation;
    if (record.network !== network) {
      throw new Error(`it was started with the network ${record.network}, and now ${network} is asked for`);
    }
    requireOutput(folder, options.offset);
    claim(folder, gateway, logger);
    const stdio = new Spool({ ...options, folder, tree });
    const isRunning = () => process !== undefined && findRunning(process, table) !== undefined;
    logger.debug({ pid: handle.pid, running: isRunning() }, 'process taken over');
    const halfPrompt = isRunning() && diedWhileWriting(folder);
    return new SpawnedProcess({
      ...options,
      pid: handle.pid,
      ...{ stdio, tree },
      verdict: halfPrompt ? toWords('it ended in the middle of handing the agent something') : undefined,
      onceEnded: (told) => whenGone({ isRunning, told, clock }),
      clear: () => removeProcess(folder),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    logger.warn({ pid: handle.pid, reason }, 'process cannot be taken over');
    const ended = stopTree({ tree, clock, graceMs: options.graceMs }).then(() => removeProcess(folder));
    const told = ended.catch(() => {}).then(() => toWords(reason));
    return createFailedProcess(told, listener, 'killed');
  }
}

type Watched = { isRunning(): boolean; told(end: LeaderEnd): void; clock: Clock };

function whenGone({ isRunning, told, clock }: Watched): void {
  const look = () => {
    if (isRunning()) clock.after(lookMs, look);
    else told({ code: null, signal: null });
  };
  setImmediate(look);
}

function toWords(reason: string): string {
  return `the agent could not be gone on with after a crash of the gateway: ${reason}`;
}

/** Should that not be written down, say on a full disk, this gateway still goes on with it. */
function claim(folder: ProcessFolder, gateway: GatewayName, logger: Logger): void {
  try {
    folder.claim(gateway);
  } catch (error) {
    logger.warn({ error: String(error) }, 'who has taken a process over cannot be written down');
  }
}

/** Throws if something is missing that was not told yet. */
function requireOutput(folder: ProcessFolder, offset: number): void {
  const fd = openSync(folder.stdout, 'r');
  try {
    const { size } = fstatSync(fd);
    const first = Buffer.alloc(1, 'x');
    readSync(fd, first, 0, 1, offset);
    // Only what was given back to the file system reads as zero: no line of text begins so.
    if (size < offset || first[0] === 0) throw new Error('a part of its output is gone');
  } finally {
    closeSync(fd);
  }
}
