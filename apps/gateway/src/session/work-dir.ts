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

/** A directory on the way to work dirs, and whether it is one itself. */
export type Passage = { path: string; isWorkDir: boolean };

/** The real, existing directory an agent will work in (requirement F1). Throws CONFIG_INVALID saying what is wrong with it. */
export function resolveWorkDir(requested: string, rules: WorkDirRules): string {
  const place = locate(requested);
  const problem = problemOf(place, rules) ?? problemBelow(place, rules);
  if (problem) throw refusalOf(problem, place.real);
  return place.real;
}

/**
 * The real directory that people look into on their way to a work dir, also if it is only a passage: a home that holds
 * the gateway's data, a directory of everybody. Throws CONFIG_INVALID where nothing below it is for agents either.
 */
export function resolvePassage(requested: string, rules: WorkDirRules): Passage {
  const place = locate(requested);
  const problem = problemBelow(place, rules);
  if (problem) throw refusalOf(problem, place.real);
  return { path: place.real, isWorkDir: problemOf(place, rules) === undefined };
}

/** Where a path leads, and as it was spelled: links within /proc lead elsewhere for everybody who follows them. */
type Place = { real: string; named: string };

/** Throws CONFIG_INVALID if no directory is there. */
function locate(requested: string): Place {
  if (requested.includes('\0')) throw refusalOf('nul', requested);
  const expanded =
    requested === '~' || requested.startsWith('~/') ? resolve(homedir(), requested.slice(2)) : requested;
  if (!isAbsolute(expanded)) throw refusalOf('not_absolute', requested);
  const real = followPath(expanded);
  if (real === undefined || !isDirectory(real)) throw refusalOf('not_a_directory', expanded);
  return { real, named: normalize(expanded) };
}

/** What keeps agents out of a directory, while they may work below it. */
function problemOf({ real, named }: Place, { privateDirs }: WorkDirRules): Problem | undefined {
  if ([real, named].some((path) => sharedDirs.includes(path))) return 'system';
  return privateDirs.some((dir) => isWithin(real, followPath(dir) ?? dir)) ? 'gateway_data' : undefined;
}

/** What keeps agents out of a directory and of all below it. */
function problemBelow(
  { real, named }: Place,
  { privateDirs, allowedDirs }: WorkDirRules,
): Problem | undefined {
  const isIn = (dir: string) => isWithin(followPath(dir) ?? dir, real);
  if ([real, named].some((path) => systemDirs.some((dir) => isWithin(dir, path)))) return 'system';
  if (secretDirs.some((name) => isWithin(resolve(homedir(), name), real))) return 'secrets';
  if (privateDirs.some(isIn)) return 'gateway_data';
  return allowedDirs.length > 0 && !allowedDirs.some(isIn) ? 'not_allowed' : undefined;
}

/** Why a directory is not to be had: for clients in their own words by the problem, for people in these. */
export function refusalOf(problem: Problem, path: string): GatewayError {
  const words = {
    nul: 'contains NUL characters',
    not_absolute: `must be an absolute path, not ${JSON.stringify(path)}`,
    not_a_directory: `${path} is not a directory that can be entered: create it or choose another`,
    system: `${path} is a system directory: choose a project directory`,
    secrets: `${path} holds keys and sign-ins: choose a project directory`,
    gateway_data: `${path} holds the gateway's own data: choose another directory`,
    not_allowed: `${path} is in none of the directories that worker.allowed_work_dirs names`,
  };
  return new GatewayError('CONFIG_INVALID', `config.work_dir ${words[problem]}`, {
    details: { field: 'work_dir', problem },
  });
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
