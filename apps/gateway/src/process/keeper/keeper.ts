import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Timer } from '../../ground/clock.ts';
import type { Logger } from '../../ground/logger.ts';
import type { ProcessName, ProcessTable } from '../process-table.ts';
import { findRunning } from '../process-tree.ts';
import { systemEnvironment } from '../system-environment.ts';
import { keeperScript } from './keeper-script.ts';
import { readName, removeLease, writeLease } from './lease.ts';

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
    const gateway = table.find(process.pid);
    if (!gateway) return;
    try {
      writeLease(folder, { gateway, graceMs });
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
    removeLease(this.#options.folder);
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
    const { folder, table } = this.#options;
    const known = [this.#started, readName(join(folder, 'keeper'))];
    return known.find((keeper) => keeper && findRunning(keeper, table));
  }
}
