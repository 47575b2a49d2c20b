import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as clock } from '../../ground/clock.ts';
import type { Isolation } from '../../process/isolation.ts';
import { createSpawnProcess } from '../../process/spawn-process.ts';

const patienceMs = 30_000;
const opens = (path: string) => `[ -e ${path} ] && : >> ${path}`;

/** What a program tried that it should not be able to, in words for people: what it did, and what it was kept from. */
export type Tried = { done: string[]; prevented: string[] };

/** Throws if it could not even run. */
export async function tryWalls(isolation: Isolation, dataDir: string): Promise<Tried> {
  const folders: string[] = [];
  const make = (parent: string) => {
    const folder = mkdtempSync(join(parent, 'hotplex-doctor-'));
    folders.push(folder);
    writeFileSync(join(folder, 'secret'), 'secret', { mode: 0o600 });
    return folder;
  };
  // Another session: a process that is not of the sandbox.
  const other = spawn('/bin/sh', ['-c', 'read line'], {
    env: { DOCTOR_SECRET: 'secret' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  try {
    const workDir = make(tmpdir());
    const home = make(homedir());
    const data = existsSync(dataDir) ? make(dataDir) : undefined;
    mkdirSync(join(workDir, '.git'));
    writeFileSync(join(workDir, '.git', 'HEAD'), 'ref: refs/heads/main\n');
    const attempts: [what: string, command: string][] = [
      ...(data === undefined
        ? []
        : [['read the gateway’s data', `cat '${data}/secret'`] as [string, string]]),
      ['read the user’s home', `cat '${home}/secret'`],
      ['write to the user’s home', `echo x > '${home}/secret'`],
      ['read the environment of other processes', `grep -a DOCTOR_SECRET /proc/${other.pid}/environ`],
      ['signal other processes', `kill -0 ${other.pid}`],
      // NOTE: what is the machine's is opened and never written: without walls it would be changed. To ask whether it could
      // be is not enough, as BusyBox answers yes to root whatever is mounted read-only.
      ['write to the system', opens('/usr/bin/env')],
      ['change the kernel’s settings', opens('/proc/sys/kernel/core_pattern')],
      ['plant a hook of git', 'mkdir -p .git/hooks && echo x > .git/hooks/pre-commit'],
      ['plant servers for agents', 'echo x > .mcp.json'],
    ];
    const lines = attempts.map(
      ([, command], index) => `(${command}) >/dev/null 2>&1 && echo reached ${index}`,
    );
    const said = await run(isolation, {
      script: [...lines, 'echo x > mine && echo over'].join('\n'),
      workDir,
    });
    if (!said.includes('over')) throw new Error('a program could not write to its work dir');
    const tried = attempts.map(([what], index) => ({ what, done: said.includes(`reached ${index}`) }));
    const words = (wanted: boolean) => tried.flatMap(({ what, done }) => (done === wanted ? [what] : []));
    return { done: words(true), prevented: words(false) };
  } finally {
    other.kill('SIGKILL');
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

function run(
  isolation: Isolation,
  { script, workDir }: { script: string; workDir: string },
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const child = createSpawnProcess({ clock, isolation })(
      {
        ...{ file: '/bin/sh', args: ['-c', script], cwd: workDir, needs: { workDir, state: [] } },
        env: { PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: homedir() },
      },
      {
        onLines: (lines) => said.push(...lines),
        onExit({ reason, message, stderr }) {
          patience.cancel();
          if (reason === 'exited') resolve(said);
          else reject(new Error(message ?? (stderr.trim() || `the program was ended: ${reason}`)));
        },
      },
    );
    const patience = clock.after(patienceMs, () => void child.stop());
    child.closeInput();
  });
}
