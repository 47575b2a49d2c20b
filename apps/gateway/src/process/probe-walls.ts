import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Isolation } from './isolation.ts';
import { systemEnvironment } from './system-environment.ts';

const run = promisify(execFile);
const patienceMs = 10_000;

/** Puts up the walls around a program that does nothing: why that does not work here, or undefined. */
export async function probeWalls(isolation: Isolation): Promise<string | undefined> {
  const env = systemEnvironment();
  const options = { file: '/bin/sh', args: ['-c', 'exit 0'], cwd: '/', env, needs: { state: [] } };
  try {
    const { file, args, cwd, env: given } = isolation.wall(options, 'probe');
    await run(file, [...args], { cwd, env: given, timeout: patienceMs });
    return undefined;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    return said.split('\n').at(-1) || (error instanceof Error ? error.message : String(error));
  }
}
