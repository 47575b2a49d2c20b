import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import type { ChildProcess, ProcessHandle, ProcessListener } from './child-process.ts';
import { createFailedProcess } from './failed-process.ts';
import type { MemoryLimit } from './memory-limit.ts';
import { ProcessFolder } from './process-folder.ts';
import { isOfThisBoot, nameGateway } from './process-record.ts';
import type { ProcessTable } from './process-table.ts';
import { findProcessTree, findRunning } from './process-tree.ts';
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
  const tree = findProcessTree({ mark: handle.mark, process: handle }, table);
  try {
    const gateway = nameGateway(table);
    const record = folder.read();
    if (!record || !gateway) throw new Error('what was written down of the agent process is gone');
    requireWholeLines(folder, options.offset);
    folder.claim(gateway);
    const stdio = new Spool({ ...options, folder, tree });
    // After a restart of the machine its pid and even its start time may be a stranger's.
    const isRunning = () => isOfThisBoot(record.gateway) && findRunning(handle, table) !== undefined;
    logger.debug({ pid: handle.pid, running: isRunning() }, 'process taken over');
    return new SpawnedProcess({
      ...options,
      pid: handle.pid,
      ...{ stdio, tree },
      onceEnded: (told) => whenGone({ isRunning, told, clock }),
      clear: () => folder.remove(),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    logger.warn({ pid: handle.pid, reason }, 'process cannot be taken over');
    const ended = stopTree({ tree, clock, graceMs: options.graceMs }).then(() => folder.remove());
    const message = `the agent could not be gone on with after the gateway was restarted: ${reason}`;
    return createFailedProcess(
      ended.then(() => message).catch(() => message),
      listener,
      'killed',
    );
  }
}

function whenGone({
  isRunning,
  told,
  clock,
}: {
  isRunning: () => boolean;
  told: (end: LeaderEnd) => void;
  clock: Clock;
}): void {
  const look = () => {
    if (isRunning()) clock.after(lookMs, look);
    else told({ code: null, signal: null });
  };
  setImmediate(look);
}

/** Throws if a line is missing on the way in or out. */
function requireWholeLines(folder: ProcessFolder, offset: number): void {
  if (diedWhileWriting(folder)) {
    throw new Error('the gateway ended in the middle of handing it something');
  }
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
