import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as clock } from '../../ground/clock.ts';
import type { Isolation } from '../../process/isolation.ts';
import { createSpawnProcess } from '../../process/spawn-process.ts';

const patienceMs = 30_000;

/** What a program reaches that it should not, in words for people. Throws if it could not even run. */
export async function tryWalls(isolation: Isolation, dataDir: string): Promise<string[]> {
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
        : [['reads the gateway’s data', `cat '${data}/secret'`] as [string, string]]),
      ['reads the user’s home', `cat '${home}/secret'`],
      ['writes to the user’s home', `echo x > '${home}/secret'`],
      ['reads the environment of other processes', `grep -a DOCTOR_SECRET /proc/${other.pid}/environ`],
      ['signals other processes', `kill -0 ${other.pid}`],
      // NOTE: what is the machine's is asked about and never written: without walls it would be changed.
      ['writes to the system', '[ -w /usr ]'],
      ['changes the kernel’s settings', '[ -w /proc/sys/kernel/core_pattern ]'],
      ['plants a hook of git', 'mkdir -p .git/hooks && echo x > .git/hooks/pre-commit'],
      ['plants servers for agents', 'echo x > .mcp.json'],
    ];
    const lines = attempts.map(
      ([, command], index) => `(${command}) >/dev/null 2>&1 && echo reached ${index}`,
    );
    const said = await run(isolation, {
      script: [...lines, 'echo x > mine && echo over'].join('\n'),
      workDir,
    });
    if (!said.includes('over')) throw new Error('a program could not write to its work dir');
    return attempts.flatMap(([what], index) => (said.includes(`reached ${index}`) ? [what] : []));
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
