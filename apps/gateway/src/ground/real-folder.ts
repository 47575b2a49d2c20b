import { closeSync, constants, mkdirSync, openSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A folder that is open: what it is called or replaced by meanwhile does not matter. */
export type RealFolder = {
  /** A path of what has this name in it. */
  at(name: string): string;
};

/** Linux names an open folder by its descriptor (man 5 proc). */
const hasOpenFolders = process.platform === 'linux';
const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
// NOTE: Windows has no such flags; links need special rights there.
/** Opens a folder, and nothing that only leads to one. */
export const asFolder = O_RDONLY | (O_DIRECTORY ?? 0) | (O_NOFOLLOW ?? 0);
/** Opens a file, and nothing that only leads to one. */
export const asFile = O_RDONLY | (O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The folder behind a descriptor. Elsewhere than on Linux, by its path: there is a moment between look and use. */
export function folderOf(fd: number, path: string): RealFolder {
  return { at: (name) => join(hasOpenFolders ? `/proc/self/fd/${fd}` : path, name) };
}

/** Whether an open folder is where its path says: of one that is named by a path, the parents could be links by now. */
export function isWhereItWas(fd: number, path: string): boolean {
  return !hasOpenFolders || readlinkSync(`/proc/self/fd/${fd}`) === path;
}

type Descent = { names: readonly string[]; create?: boolean };

/**
 * Goes down from folder to folder, each opened in the one above and no link among them, and returns what is done in the
 * last. `base` is absolute and real. Throws what the system says, or an Error for a link above `base`.
 */
export function descend<T>(
  base: string,
  { names, create = false }: Descent,
  use: (folder: RealFolder) => T,
): T {
  const fd = openSync(base, asFolder);
  try {
    if (!isWhereItWas(fd, base)) throw new Error('a link is in the way');
    return down(folderOf(fd, base), names, { base, create, use });
  } finally {
    closeSync(fd);
  }
}

type Way<T> = { base: string; create: boolean; use: (folder: RealFolder) => T };

function down<T>(folder: RealFolder, [next, ...rest]: readonly string[], way: Way<T>): T {
  if (next === undefined) return way.use(folder);
  if (way.create) makeFolder(folder.at(next));
  const fd = openSync(folder.at(next), asFolder);
  try {
    const base = join(way.base, next);
    return down(folderOf(fd, base), rest, { ...way, base });
  } finally {
    closeSync(fd);
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
