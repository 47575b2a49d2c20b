import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { Ids } from '../ground/ids.ts';
import { asFile, descend, type RealFolder } from '../ground/real-folder.ts';
import { hashOf } from './blobs.ts';
import type { Entry } from './entry.ts';

/**
 * Why a file was left as it is. `changed`: since it was looked at; `edited`: between turns; `link`, `folder`: what is there is no file;
 * `not_held`: its content, or the one it would lose, is not held; `protected`: tools obey it; `failed`: the system said no.
 */
export type LeftReason = 'changed' | 'edited' | 'link' | 'folder' | 'not_held' | 'protected' | 'failed';

class Left extends Error {
  readonly reason: LeftReason;

  constructor(reason: LeftReason) {
    super(reason);
    this.reason = reason;
  }
}

type Place = {
  /** Absolute and real. */
  workDir: string;
  path: string;
  /** How it was when it was looked at; undefined if there was none. */
  now: Entry | undefined;
};

/** Writes a file as it was, whole or not at all, and follows no link (F3). Returns why it did not, if so. */
export function putBack(
  { workDir, path, now }: Place,
  { content, mode, ids }: { content: Buffer; mode: number; ids: Ids },
): LeftReason | undefined {
  return attempt(() =>
    inFolderOf(workDir, path, { create: true }, (folder, name) => {
      requireUntouched(folder.at(name), now);
      const draft = folder.at(`.hotplex-${ids.uuid()}`);
      try {
        writeNew(draft, content, mode);
        renameSync(draft, folder.at(name));
      } catch (error) {
        rmSync(draft, { force: true });
        throw error;
      }
    }),
  );
}

/** Removes a file that was not there, and follows no link. Returns why it did not, if so. */
export function takeAway({ workDir, path, now }: Place): LeftReason | undefined {
  return attempt(() =>
    inFolderOf(workDir, path, { create: false }, (folder, name) => {
      requireUntouched(folder.at(name), now);
      rmSync(folder.at(name));
    }),
  );
}

/** A file in a work dir, and how many bytes it may have. */
type ToRead = { workDir: string; path: string; maxBytes: number };

/** The content of a file; undefined if there is none by now, or a larger one. A link is not followed. */
export function readReal({ workDir, path, maxBytes }: ToRead): Buffer | undefined {
  try {
    return inFolderOf(workDir, path, { create: false }, (folder, name) => read(folder.at(name), maxBytes));
  } catch {
    return undefined;
  }
}

function inFolderOf<T>(
  workDir: string,
  path: string,
  { create }: { create: boolean },
  use: (folder: RealFolder, name: string) => T,
): T {
  const names = path.split('/');
  const name = names.pop() ?? '';
  if ([...names, name].some((each) => each === '' || each === '.' || each === '..')) throw new Left('failed');
  return descend(workDir, { names, create }, (folder) => use(folder, name));
}

/** What is there must be what was seen: its content, not its times, which anybody can set. */
function requireUntouched(path: string, now: Entry | undefined): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) removeEmpty(path);
  else if (stats && !stats.isFile()) throw new Left('link');
  else if ((stats === undefined) !== (now === undefined)) throw new Left('changed');
  else if (stats && now && !hasContent(path, now)) throw new Left('changed');
}

function removeEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    throw new Left('folder');
  }
}

function hasContent(path: string, { size, sha256 }: Entry): boolean {
  const content = read(path, size);
  return content !== undefined && hashOf(content) === sha256;
}

/** Whoever writes it does not decide how much is read. */
function read(path: string, maxBytes: number): Buffer | undefined {
  const fd = openSync(path, asFile);
  try {
    return readOpen(fd, maxBytes);
  } finally {
    closeSync(fd);
  }
}

/** The content of an open file; undefined for what is no plain file, larger, or grows meanwhile. */
export function readOpen(fd: number, maxBytes: number): Buffer | undefined {
  const stats = fstatSync(fd);
  if (!stats.isFile() || stats.size > maxBytes) return undefined;
  // One byte more shows whether it grows.
  const content = Buffer.alloc(stats.size + 1);
  const length = readSync(fd, content, 0, content.length, 0);
  return length > stats.size ? undefined : content.subarray(0, length);
}

/** Its mode is set before it is closed: by its name, that could be of what an agent has put there meanwhile (F3). */
function writeNew(path: string, content: Buffer, mode: number): void {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const fd = openSync(path, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600);
  try {
    writeFileSync(fd, content);
    fchmodSync(fd, mode & 0o777);
  } finally {
    closeSync(fd);
  }
}

/** What the system says of a link where a folder or a file should be. */
const linkCodes: readonly unknown[] = ['ELOOP', 'ENOTDIR'];

function attempt(work: () => void): LeftReason | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Left) return error.reason;
    return linkCodes.includes((error as NodeJS.ErrnoException).code) ? 'link' : 'failed';
  }
}
