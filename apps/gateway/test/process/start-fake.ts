import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/ground/clock.ts';
import type { ChildProcess, Exit, ProcessOptions } from '../../src/process/child-process.ts';
import { createSpawnProcess, type SpawnProcessOptions } from '../../src/process/spawn-process.ts';

/** The ways to a process, which must not be told apart but by what outlives the gateway. */
export const stdioKinds = ['pipe', 'spool'] as const;

export type StartOptions = Partial<ProcessOptions & SpawnProcessOptions> & {
  /** Default: pipe. With a spool in a folder of its own, unless there is another. */
  stdio?: (typeof stdioKinds)[number];
  /** Called during the read that brought lines. */
  whenRead?: (fake: Fake) => void;
};

/** A process of the test that is stopped at the end of its block. */
export interface Fake extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly pid: number;
  /** What each read brought. */
  readonly batches: readonly (readonly string[])[];
  readonly lines: readonly string[];
  /** Every exit that was told: there must never be two. */
  readonly exits: readonly Exit[];
  readonly exit: Promise<Exit>;
  /** The line at this position, as soon as it is there. Rejects if the process ends before. */
  line(index: number): Promise<string>;
}

/** Starts a program of test/fake-cli; with `file` any other. */
export function startFake(
  program: string,
  {
    clock = systemClock,
    ids,
    table,
    whenRead,
    stdio = 'pipe',
    registry,
    memory,
    isolation,
    ...options
  }: StartOptions = {},
): Fake {
  const batches: (readonly string[])[] = [];
  const exits: Exit[] = [];
  const exit = Promise.withResolvers<Exit>();
  let progress = Promise.withResolvers<void>();
  const folder = mkdtempSync(join(tmpdir(), 'processes-'));
  const lasting = stdio === 'spool';
  const child = createSpawnProcess({
    ...{ clock, ids, table, memory, ...(isolation && { isolation }) },
    registry: registry ?? { folder, spool: lasting },
  })(
    {
      lasting,
      file: execPath,
      cwd: tmpdir(),
      env: {},
      graceMs: 300,
      ...options,
      args: [...(options.file ? [] : [fakePath(program)]), ...(options.args ?? [])],
    },
    {
      onLines(lines) {
        batches.push(lines);
        progress.resolve();
        progress = Promise.withResolvers();
        whenRead?.(fake);
      },
      onExit(told) {
        exits.push(told);
        exit.resolve(told);
      },
    },
  );
  const fake: Fake = {
    process: child,
    batches,
    exits,
    exit: exit.promise,
    get lines() {
      return batches.flat();
    },
    get pid() {
      if (child.pid === undefined) throw new Error(`${program} was not started`);
      return child.pid;
    },
    async line(index) {
      for (;;) {
        const line = this.lines[index];
        if (line !== undefined) return line;
        if (exits.length > 0)
          throw new Error(`${program} ended without line ${index}: ${JSON.stringify(exits)}`);
        await Promise.race([progress.promise, exit.promise]);
      }
    },
    async [Symbol.asyncDispose]() {
      await child.stop();
      const left = readdirSync(folder);
      rmSync(folder, { recursive: true });
      if (left.length > 0) throw new Error(`${program} left ${left} behind`);
    },
  };
  return fake;
}

/** The path of a program of test/fake-cli. */
function fakePath(program: string): string {
  return fileURLToPath(new URL(`../fake-cli/${program}.mjs`, import.meta.url));
}
