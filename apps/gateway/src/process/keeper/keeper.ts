import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Timer } from '../../ground/clock.ts';
import type { Logger } from '../../ground/logger.ts';
import type { ProcessName, ProcessTable } from '../process-table.ts';
import { findRunning } from '../process-tree.ts';
import { systemEnvironment } from '../system-environment.ts';
import { keeperScript } from './keeper-script.ts';
import { findReaperFile } from './reaper-file.ts';

type KeeperOptions = {
  /** Where processes are written down. */
  folder: string;
  /** How long processes may be without a gateway, in milliseconds; 0 ends them with it. */
  graceMs: number;
  table: ProcessTable;
  clock: Clock;
  logger: Logger;
};

/** A keeper that somebody killed is missed after this. */
const lookMs = 10_000;

/**
 * The tiny process that outlives the gateway and ends what no other gateway takes over in time: one for all agents,
 * started with the first of them.
 */
export class Keeper {
  readonly #options: KeeperOptions;
  /** The one we started, until it has written itself down. */
  #started: ProcessName | undefined;
  #look: Timer | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** From now on the time without a gateway is counted from the end of this one. Call before processes are taken over. */
  hold(): void {
    const { folder, graceMs, table, logger } = this.#options;
    const self = table.find(process.pid);
    if (!self) return;
    const lease = join(folder, 'lease');
    const gateway = `${self.pid} ${self.startTime} ${Math.ceil(graceMs / 1_000)}`;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${lease}.new`, `${gateway}\n${process.execPath}\n${findReaperFile()}\n`, {
        mode: 0o600,
      });
      renameSync(`${lease}.new`, lease);
    } catch (error) {
      logger.warn({ error: String(error) }, 'agents may be left behind should the gateway be killed');
    }
  }

  /** Starts it if there is none; call before a process is started. */
  ensure(): void {
    this.#look ??= this.#options.clock.after(lookMs, () => {
      this.#look = undefined;
      this.ensure();
    });
    if (this.#find()) return;
    const { folder, table, logger } = this.#options;
    const child = spawn('/bin/sh', ['-c', keeperScript, 'hotplex-keeper', folder], {
      ...{ detached: true, stdio: 'ignore', cwd: '/' },
      env: systemEnvironment(),
    });
    child.on('error', (error) => logger.warn({ error: String(error) }, 'no keeper can be started'));
    child.unref();
    this.#started = child.pid === undefined ? undefined : table.find(child.pid);
  }

  /** Ends it: nothing is left to be kept. */
  close(): void {
    this.#look?.cancel();
    rmSync(join(this.#options.folder, 'lease'), { force: true });
    const keeper = this.#find();
    rmSync(join(this.#options.folder, 'keeper'), { force: true });
    if (!keeper) return;
    try {
      // It leads a group: what it sleeps with ends too.
      process.kill(-keeper.pid, 'SIGTERM');
    } catch {
      // It saw that the lease is gone.
    }
  }

  #find(): ProcessName | undefined {
    const { table } = this.#options;
    const known = [this.#started, this.#written()];
    return known.find((keeper) => keeper && findRunning(keeper, table));
  }

  #written(): ProcessName | undefined {
    try {
      const [pid, startTime = ''] = readFileSync(join(this.#options.folder, 'keeper'), 'utf8')
        .trim()
        .split(' ');
      return { pid: Number(pid), startTime };
    } catch {
      return undefined;
    }
  }
}
