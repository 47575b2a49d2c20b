import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, normalize, resolve } from 'node:path';
import { followPath, isWithin } from '../ground/follow-path.ts';
import { GatewayError } from '../ground/gateway-error.ts';

/** No agent works in these or below them. */
const systemDirs = [
  ...[
    '/bin',
    '/boot',
    '/dev',
    '/etc',
    '/lib',
    '/lib32',
    '/lib64',
    '/libx32',
    '/proc',
    '/run',
    '/sbin',
    '/sys',
  ],
  ...['/usr', '/var/lib', '/var/log', '/var/run', '/var/spool', '/System', '/Library', '/private/etc'],
];

/** No agent works in these themselves: they belong to everybody. */
const sharedDirs = [
  '/',
  '/home',
  '/media',
  '/mnt',
  '/opt',
  '/root',
  '/srv',
  '/tmp',
  '/var',
  '/var/tmp',
  '/Users',
];

/** Keys and sign-ins in the user's home: no agent works in or around them. */
const secretDirs = [
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.docker',
  '.config/gcloud',
  '.password-store',
];

export type WorkDirRules = {
  /** The gateway's own directories. */
  privateDirs: readonly string[];
  /** Where work dirs may lie; empty for anywhere else. */
  allowedDirs: readonly string[];
};

/** What is wrong with a directory, for clients that say it in their own words. */
type Problem =
  | 'nul'
  | 'not_absolute'
  | 'not_a_directory'
  | 'system'
  | 'secrets'
  | 'gateway_data'
  | 'not_allowed';

/** The real, existing directory an agent will work in (requirement F1). Throws CONFIG_INVALID saying what is wrong with it. */
export function resolveWorkDir(requested: string, { privateDirs, allowedDirs }: WorkDirRules): string {
  const refuse = (problem: Problem, words: string) =>
    new GatewayError('CONFIG_INVALID', `config.work_dir ${words}`, {
      details: { field: 'work_dir', problem },
    });
  if (requested.includes('\0')) throw refuse('nul', 'contains NUL characters');
  const expanded =
    requested === '~' || requested.startsWith('~/') ? resolve(homedir(), requested.slice(2)) : requested;
  if (!isAbsolute(expanded))
    throw refuse('not_absolute', `must be an absolute path, not ${JSON.stringify(requested)}`);
  const real = followPath(expanded);
  if (real === undefined || !isDirectory(real))
    throw refuse(
      'not_a_directory',
      `${expanded} is not a directory that can be entered: create it or choose another`,
    );
  // Links within /proc lead elsewhere for everybody who follows them: the name counts as well.
  if ([real, normalize(expanded)].some(isOfSystem))
    throw refuse('system', `${real} is a system directory: choose a project directory`);
  if (secretDirs.some((name) => isWithin(resolve(homedir(), name), real)))
    throw refuse('secrets', `${real} holds keys and sign-ins: choose a project directory`);
  if (privateDirs.some((dir) => overlap(followPath(dir) ?? dir, real)))
    throw refuse('gateway_data', `${real} holds the gateway's own data: choose another directory`);
  if (allowedDirs.length > 0 && !allowedDirs.some((dir) => isWithin(followPath(dir) ?? dir, real)))
    throw refuse('not_allowed', `${real} is in none of the directories that worker.allowed_work_dirs names`);
  return real;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

const isOfSystem = (path: string) =>
  sharedDirs.includes(path) || systemDirs.some((dir) => isWithin(dir, path));

const overlap = (a: string, b: string) => isWithin(a, b) || isWithin(b, a);
