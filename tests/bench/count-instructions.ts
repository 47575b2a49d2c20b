import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Counts the instructions of a process while it is asked to (https://valgrind.org/docs/manual/cl-manual.html). */
export type InstructionCounter = Disposable & {
  /** What the process has to be started by. */
  under: readonly string[];
  count(pid: number, on: boolean): void;
  /** How many were executed while it counted, once the process has ended; those of the kernel are not among them. */
  total(): number;
};

/** Throws where there is no callgrind. */
export function createInstructionCounter(): InstructionCounter {
  if (spawnSync('callgrind_control', ['--version']).error)
    throw new Error('instructions are counted by callgrind: install valgrind');
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-callgrind-'));
  const file = join(folder, 'out');
  return {
    under: [
      ...['valgrind', '--quiet', '--tool=callgrind', '--instr-atstart=no', `--callgrind-out-file=${file}`],
      // Node writes code while it runs.
      '--smc-check=all-non-file',
    ],
    count(pid, on) {
      const { status, stderr } = spawnSync(
        'callgrind_control',
        [`--instr=${on ? 'on' : 'off'}`, String(pid)],
        {
          encoding: 'utf8',
        },
      );
      if (status !== 0) throw new Error(`callgrind cannot be told to count: ${stderr}`);
    },
    total: () => Number(/^totals: (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1]),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
