import type { Logger } from '../ground/logger.ts';
import { makeProcessFolder, type ProcessFolder } from './process-folder.ts';
import { type GatewayName, nameGateway, type RecordedWalls } from './process-record.ts';
import type { ProcessName, ProcessTable } from './process-table.ts';
import { makeSpoolFiles, type SpoolFiles } from './spool/spool-files.ts';

type TraceOptions = {
  folder: string;
  mark: string;
  /** Whether the process is to have a spool. */
  spool: boolean;
  walls: RecordedWalls;
  /** All that it is ever told, if that is known. */
  input?: string | undefined;
  table: ProcessTable;
  logger: Logger;
};

type TraceParts = Pick<Trace, 'folder' | 'files'> & {
  gateway: GatewayName;
  walls: RecordedWalls;
  logger: Logger;
};

/** What is written down of a process, from just before its start until after its end. */
export class Trace {
  readonly folder: ProcessFolder;
  /** The process's ends of its spool; undefined if it gets pipes. */
  readonly files: SpoolFiles | undefined;
  readonly #gateway: GatewayName;
  readonly #walls: RecordedWalls;
  readonly #logger: Logger;

  constructor({ folder, files, gateway, walls, logger }: TraceParts) {
    this.folder = folder;
    this.files = files;
    this.#gateway = gateway;
    this.#walls = walls;
    this.#logger = logger;
  }

  /** The process runs. Should that not be written down, it is found by its mark. */
  note({ pid, startTime }: ProcessName): void {
    const lasting = this.files !== undefined;
    try {
      this.folder.write({ lasting, ...this.#walls, gateway: this.#gateway, process: { pid, startTime } });
    } catch (error) {
      this.#logger.warn({ pid, error: String(error) }, 'the pid of a process cannot be written down');
    }
  }
}

/**
 * Undefined where nothing can be written down: the machine has no /proc, or its disk is full. Such a process still works,
 * but no other gateway finds it.
 */
export function openTrace({
  folder: parent,
  mark,
  spool,
  walls,
  input,
  table,
  logger,
}: TraceOptions): Trace | undefined {
  const gateway = nameGateway(table);
  if (!gateway) return undefined;
  try {
    const folder = makeProcessFolder(parent, mark);
    folder.write({ lasting: spool, ...walls, gateway });
    const files = spool ? tryToMakeFiles(folder, { input, logger }) : undefined;
    return new Trace({ folder, gateway, walls, logger, files });
  } catch (error) {
    logger.warn(
      { error: String(error) },
      'a process cannot be written down: it will not outlive the gateway',
    );
    return undefined;
  }
}

function tryToMakeFiles(
  folder: ProcessFolder,
  { input, logger }: Pick<TraceOptions, 'input' | 'logger'>,
): SpoolFiles | undefined {
  try {
    return makeSpoolFiles(folder, input);
  } catch (error) {
    logger.warn({ error: String(error) }, 'no spool can be made: an agent will not outlive the gateway');
    return undefined;
  }
}
