import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { compileCache } from './compile-cache.ts';

/** The program, as it was built. */
export const main = fileURLToPath(new URL('../../apps/gateway/dist/main.mjs', import.meta.url));

type RunOptions = { home: string; cwd?: string; env?: Record<string, string>; input?: string };

/** Runs a command of the gateway's program to its end, as a user would. */
export async function runCli(
  args: readonly string[],
  { home, cwd = home, env = {}, input = '' }: RunOptions,
) {
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: home, ...compileCache, ...env },
  });
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, out, err };
}
