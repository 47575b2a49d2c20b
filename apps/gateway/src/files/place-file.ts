import {
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { GatewayError } from '../ground/gateway-error.ts';

/** In the work dir, so that an agent may read what it is given without asking; hidden, and of no interest to git. */
const top = ['.hotplex', 'attachments'] as const;

export type Placement = {
  /** The file to copy. */
  content: string;
  /** Absolute and real. */
  workDir: string;
  /** Below the folder of all attachments. */
  folders: readonly string[];
  name: string;
};

/**
 * Puts a read-only copy of a file into a work dir and returns its path. The work dir belongs to an agent, which may have
 * put links anywhere: none is followed (F3). Throws INVALID_MESSAGE saying what is in the way.
 */
export function placeFile({ content, workDir, folders, name }: Placement): string {
  const path = join(workDir, ...top, ...folders, name);
  try {
    descend(workDir, [...top, ...folders], { create: true }, (folder) => {
      rmSync(folder.at(name), { force: true });
      write(folder.at(name), readFileSync(content));
    });
    descend(workDir, top.slice(0, 1), { create: true }, (folder) => {
      rmSync(folder.at('.gitignore'), { force: true });
      write(folder.at('.gitignore'), '*\n');
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `the file cannot be put at ${path} (${code ?? 'a link is in the way'})`;
    throw new GatewayError('INVALID_MESSAGE', message, { cause: error });
  }
  return path;
}

/** Removes one placed file; what is in the way is left. */
export function removePlaced(workDir: string, [sessionId = '', fileId = '']: readonly string[]): void {
  attempt(() =>
    descend(workDir, [...top, sessionId], { create: false }, (folder) =>
      rmSync(folder.at(fileId), { recursive: true, force: true }),
    ),
  );
}

/** Removes all that was placed for a session. */
export function clearPlaced(workDir: string, sessionId: string): void {
  attempt(() =>
    descend(workDir, top, { create: false }, (folder) =>
      rmSync(folder.at(sessionId), { recursive: true, force: true }),
    ),
  );
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // Nothing was placed, or the folder is not what we made.
  }
}

type Folder = { at(name: string): string };

/** Linux names an open folder like this: what it is called or replaced by meanwhile does not matter (man 5 proc). */
const hasOpenFolders = process.platform === 'linux';
const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_DIRECTORY, O_NOFOLLOW } = constants;
// NOTE: Windows has no such flags; links need special rights there.
const asFolder = O_RDONLY | (O_DIRECTORY ?? 0) | (O_NOFOLLOW ?? 0);

/** Goes down from folder to folder, each opened in the one above and no link among them. Elsewhere than on Linux there is a moment between look and use. */
function descend(
  base: string,
  names: readonly string[],
  { create }: { create: boolean },
  use: (folder: Folder) => void,
): void {
  const fd = openSync(base, asFolder);
  const at = (name: string) => join(hasOpenFolders ? `/proc/self/fd/${fd}` : base, name);
  try {
    if (hasOpenFolders && names.length > 0 && !isWhereItWas(fd, base))
      throw new Error('a link is in the way');
    const [next, ...rest] = names;
    if (next === undefined) use({ at });
    else {
      if (create) makeFolder(at(next));
      descend(at(next), rest, { create }, use);
    }
  } finally {
    closeSync(fd);
  }
}

/** Of the first folder, which is named by a path, the parents could be links by now. */
function isWhereItWas(fd: number, path: string): boolean {
  return path.startsWith('/proc/self/fd/') || readlinkSync(`/proc/self/fd/${fd}`) === path;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function write(path: string, content: Buffer | string): void {
  const fd = openSync(path, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o400);
  try {
    writeFileSync(fd, content);
  } finally {
    closeSync(fd);
  }
}
