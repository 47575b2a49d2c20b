import type { Clock } from '../ground/clock.ts';
import { createIds, type Ids } from '../ground/ids.ts';
import { type Logger, silentLogger } from '../ground/logger.ts';
import { adoptProcess } from './adopt-process.ts';
import type { ChildProcess, ProcessListener, ProcessOptions, SpawnProcess } from './child-process.ts';
import { createFailedProcess } from './failed-process.ts';
import { type Isolation, noIsolation, type Walled } from './isolation.ts';
import type { Keeper } from './keeper/keeper.ts';
import type { MemoryLimit } from './memory-limit.ts';
import { Pipes } from './pipes.ts';
import { toVariable } from './process-mark.ts';
import { createProcessTable, type ProcessTable } from './process-table.ts';
import { createProcessTree } from './process-tree.ts';
import { clearUp, removeProcess } from './remove-process.ts';
import { neededPlaceholders } from './sandbox/placeholders.ts';
import { toProgramEnd } from './sandbox/program-end.ts';
import { SpawnedProcess } from './spawned-process.ts';
import { Spool, type SpoolLimits } from './spool/spool.ts';
import { startChild } from './start-child.ts';
import { toStartFailure } from './start-failure.ts';
import { stopTree } from './stop-tree.ts';
import { openTrace } from './trace.ts';

export type SpawnProcessOptions = {
  clock: Clock;
  ids?: Ids;
  logger?: Logger;
  /** Where descendants are looked for. Default: this machine's. */
  table?: ProcessTable;
  /** Where processes are written down. Without it none outlives the gateway, and no other gateway finds one. */
  registry?: ProcessRegistry;
  /** The walls around every child. Default: none. */
  isolation?: Isolation;
  /** How much memory a child and its descendants may use together. Default: as much as there is. */
  memory?: MemoryLimit | undefined;
};

export type ProcessRegistry = {
  folder: string;
  /** Whether a process that is to last gets a spool; otherwise it gets pipes and dies with the gateway. */
  spool: boolean;
  limits?: Partial<SpoolLimits>;
  /** Ends what is left behind when the gateway is killed. */
  keeper?: Pick<Keeper, 'ensure'>;
};

const defaultMaxLineBytes = 32 * 1024 * 1024;
const defaultGraceMs = 4_000;

/** Starts children on this machine, each with a group and session of its own and no shell in between. */
export function createSpawnProcess({
  clock,
  ids = createIds(),
  logger = silentLogger,
  table = createProcessTable(),
  registry,
  isolation = noIsolation,
  memory,
}: SpawnProcessOptions): SpawnProcess {
  return (options: ProcessOptions, listener: ProcessListener): ChildProcess => {
    const { maxLineBytes = defaultMaxLineBytes, graceMs = defaultGraceMs, adopt } = options;
    const limits = registry?.limits ?? {};
    const given = { maxLineBytes, graceMs, listener, clock, logger, table, memory, limits, isolation };
    registry?.keeper?.ensure();
    if (adopt) return adoptProcess({ ...given, ...adopt });

    const mark = ids.uuid();
    const spool = registry?.spool === true && options.lasting === true;
    let walled: Walled;
    try {
      walled = isolation.wall(options, mark);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return createFailedProcess(Promise.resolve(problem), listener);
    }
    const placeholders = registry ? neededPlaceholders(walled, registry.folder) : [];
    const { afterwards } = walled;
    const { level, network = 'open' } = isolation;
    const walls = { isolation: level, network, placeholders, afterwards };
    const trace =
      registry &&
      openTrace({ folder: registry.folder, mark, spool, walls, table, logger, input: options.stdin });
    const clear = async () => (trace ? removeProcess(trace.folder) : clearUp(afterwards));
    const started = startChild(walled, mark, trace?.files);
    if (started.kind === 'failed') {
      trace?.files?.close();
      return createFailedProcess(started.message.finally(clear), listener);
    }
    const { child, pid } = started;
    // A broken channel is no failure of its own: the exit, which is on its way, tells what happened.
    child.on('error', () => {});
    const isHeld = isolation.level === 'sandbox';
    const tree = createProcessTree({ pid, mark: toVariable(mark), table, walled: isHeld });
    const startTime = table.find(pid)?.startTime ?? '';
    trace?.note({ pid, startTime });
    logger.debug({ pid, kind: started.kind }, 'process started');
    const isSpooled = started.kind === 'spooled';
    try {
      const stdio = isSpooled
        ? new Spool({ ...given, folder: started.folder, offset: 0, tree })
        : new Pipes(started.child, { clock, input: options.stdin });
      return new SpawnedProcess({
        ...{ ...given, pid, stdio, tree, clear },
        handle: isSpooled ? { pid, startTime, mark, folder: started.folder.path } : undefined,
        onceEnded: (told) =>
          child.once('exit', (code, signal) => told(toProgramEnd({ code, signal }, isolation.level))),
      });
    } catch (error) {
      // The machine is out of files.
      const ended = stopTree({ tree, clock, graceMs }).then(clear);
      return createFailedProcess(
        ended.then(() => toStartFailure(error, options)),
        listener,
      );
    } finally {
      trace?.files?.close();
    }
  };
}
