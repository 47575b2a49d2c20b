import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mount } from './mounts.ts';
import { emptyFile } from './placeholders.ts';

/** A name that nobody may write in the sandbox, whether it exists or not; `/` at its end means a folder. */
export type GuardedName = string;

export type Guarded = {
  mounts: Mount[];
  guarded: string[];
  /** Files and folders that were made since a name cannot be guarded where there is nothing. */
  placeholders: string[];
};

/**
 * Guards names in a folder. What is missing is made, empty, or else it could be made in the sandbox; of a folder like
 * `.git` that is missing as a whole, the folder alone. Throws an Error with words for a name that is a link, since what
 * stands in for a link cannot be guarded. A file where a folder was expected, such as `.git` of a worktree, stays as it is.
 */
export function guardNames(folder: string, names: readonly GuardedName[]): Guarded {
  const pinned = new Set<string>();
  const guarded = new Set<string>();
  const placeholders: string[] = [];
  for (const name of names) {
    const steps = name.split('/').filter(Boolean);
    for (let depth = 1; depth <= steps.length; depth++) {
      const path = join(folder, ...steps.slice(0, depth));
      if (guarded.has(path)) break;
      const isLast = depth === steps.length;
      const found = look(path);
      if (found === 'nothing' && make(path, isLast && !name.endsWith('/'))) placeholders.push(path);
      if (isLast || found !== 'folder') {
        guarded.add(path);
        break;
      }
      pinned.add(path);
    }
  }
  for (const path of guarded) pinned.delete(path);
  return {
    placeholders,
    guarded: [...guarded],
    mounts: [
      ...[...pinned].map((path) => ({ kind: 'pinned', path }) as const),
      ...[...guarded].map((path) => ({ kind: 'guarded', path }) as const),
    ],
  };
}

/**
 * Whether a path in the folder is such a name, lies in one, or is above it, as file systems that know no case would see it.
 * Whoever puts another file there takes away the mount on it.
 */
export function isGuardedName(path: string, names: readonly GuardedName[]): boolean {
  const stepsOf = (each: string) => each.toLowerCase().split('/').filter(Boolean);
  const found = stepsOf(path);
  return names
    .map(stepsOf)
    .some((name) => name.every((step, at) => at >= found.length || step === found[at]));
}

/** An empty folder is as good as nothing: it is guarded as a whole, too. Throws if it is a link. */
function look(path: string): 'nothing' | 'file' | 'folder' | 'empty folder' {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return 'nothing';
  if (found.isSymbolicLink()) {
    throw new Error(
      `${path} is a link, and the sandbox could not keep an agent from replacing it: put the real file or folder there`,
    );
  }
  if (!found.isDirectory()) return 'file';
  return readdirSync(path).length === 0 ? 'empty folder' : 'folder';
}

/** Whether it was made by us; somebody else may have been faster. NOTE: neither call follows a link. */
function make(path: string, isFile: boolean): boolean {
  try {
    if (isFile) writeFileSync(path, emptyFile(path), { flag: 'wx', mode: 0o644 });
    else mkdirSync(path, { mode: 0o755 });
    return true;
  } catch (error) {
    if (look(path) !== 'nothing') return false;
    throw error;
  }
}
