import { realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { GatewayError } from '../ground/gateway-error.ts';

const systemDirs = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib64',
  '/proc',
  '/root/.ssh',
  '/run',
  '/sbin',
  '/sys',
  '/usr',
  '/var/lib',
  '/var/run',
];

/** True if `path` is `base` or below it; compares whole segments, never prefixes (requirement F2). */
export function isWithin(base: string, path: string): boolean {
  const rest = relative(base, path);
  return rest === '' || (!isAbsolute(rest) && rest !== '..' && !rest.startsWith(`..${sep}`));
}

/** The real, existing directory an agent will work in. `forbidden` are the gateway's own directories (requirement F1). */
export function resolveWorkDir(requested: string, forbidden: readonly string[]): string {
  const refuse = (problem: string) =>
    new GatewayError('CONFIG_INVALID', `config.work_dir ${problem}`, { details: { field: 'work_dir' } });
  if (requested.includes('\0')) throw refuse('contains NUL characters');
  const expanded =
    requested === '~' || requested.startsWith('~/') ? resolve(homedir(), requested.slice(2)) : requested;
  if (!isAbsolute(expanded)) throw refuse(`must be an absolute path, not ${JSON.stringify(requested)}`);
  let real: string;
  try {
    real = realpathSync(expanded);
    if (!statSync(real).isDirectory()) throw refuse(`${expanded} is not a directory: choose a directory`);
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw refuse(`${expanded} does not exist or cannot be read: create it or choose another directory`);
  }
  if (real === '/' || systemDirs.some((dir) => isWithin(dir, real)))
    throw refuse(`${real} is a system directory: choose a project directory`);
  if (forbidden.some((dir) => isWithin(dir, real) || isWithin(real, dir)))
    throw refuse(`${real} holds the gateway's own data: choose another directory`);
  return real;
}
