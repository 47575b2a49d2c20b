import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';

/**
 * Where a path leads, if that is below the work dir with all links followed but a last one, which `openForMore` does not
 * follow. Undefined if not.
 */
export async function findInWorkDir(path: string, workDir: string): Promise<string | undefined> {
  const place = resolve(workDir, path);
  if (!isBelow(place, workDir)) return undefined;
  const folder = await realpathOfNearest(dirname(place));
  const root = await realpath(workDir);
  return folder !== undefined && (folder === root || isBelow(folder, root)) ? place : undefined;
}

/** Opens a plain file to read it and to add to it; makes it, and its folders, if it is not there. Throws for links. */
export async function openForMore(place: string, workDir: string): Promise<FileHandle> {
  await mkdir(dirname(place), { recursive: true });
  // A folder may have become a link since it was looked at.
  if ((await findInWorkDir(place, workDir)) === undefined) throw new Error('it is outside of the work dir');
  const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = await open(place, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new Error('it is no plain file');
}

function isBelow(place: string, folder: string): boolean {
  const rest = relative(folder, place);
  return rest !== '' && rest.split('/')[0] !== '..' && !isAbsolute(rest);
}

/** Of the first folder upwards that exists. Undefined for a link to nowhere: who knows where it will lead. */
async function realpathOfNearest(folder: string): Promise<string | undefined> {
  try {
    return await realpath(folder);
  } catch {
    const isLink = await lstat(folder).then(
      () => true,
      () => false,
    );
    return isLink || dirname(folder) === folder ? undefined : realpathOfNearest(dirname(folder));
  }
}
