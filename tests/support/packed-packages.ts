import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** What takes longer hangs. */
const patienceMs = 200_000;
const packages = fileURLToPath(new URL('../../packages', import.meta.url));

export const packageNames = ['aep-protocol', 'client-sdk', 'ai-sdk-transport'] as const;

/** The environment of a package manager that was started from another one: a registry, a cache and proxies are the user's. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  const isOurs = (name: string) =>
    !/^npm_/i.test(name) || /^npm_config_(registry|cache|cafile|.*proxy)$/i.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => isOurs(name)));
}

/** Runs a tool to its end. Rejects with all it printed when it ends with another code than 0. */
export async function runTool(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Promise<string> {
  const options = {
    cwd,
    env: { ...toolEnvironment(), ...env },
    maxBuffer: 64 * 1_024 * 1_024,
    timeout: patienceMs,
  };
  const { stdout } = await run(command, args, options).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${command} ${args.join(' ')}:\n${error.stdout}\n${error.stderr}`);
  });
  return stdout;
}

/** Our public packages as npm would get them, built before; gives the tarball of each. */
export async function packPackages(folder: string): Promise<Map<(typeof packageNames)[number], string>> {
  mkdirSync(folder, { recursive: true });
  const pack = async (name: (typeof packageNames)[number]) => {
    const printed = await runTool('pnpm', ['pack', '--pack-destination', folder], {
      cwd: join(packages, name),
    });
    return [name, printed.trim().split('\n').at(-1) ?? 'nothing was packed'] as const;
  };
  return new Map(await Promise.all(packageNames.map(pack)));
}
