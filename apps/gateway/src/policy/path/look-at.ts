import { lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { followPath } from '../../ground/follow-path.ts';

/** What is found on the disk where a path leads; `undefined` as a whole if nobody can say where that is. */
export type Found = {
  /** Where it really is; the last part need not exist. */
  real: string;
  kind: 'missing' | 'file' | 'directory' | 'special';
  /** It has further names, perhaps elsewhere. */
  isLinked: boolean;
};

/** Looks where a path leads. Who deletes a link deletes the link: its last part is then not followed. */
export function lookAt(path: string, { followsLast }: { followsLast: boolean }): Found | undefined {
  const real = followsLast ? followPath(path) : followFolder(path);
  if (real === undefined) return undefined;
  try {
    const entry = lstatSync(real, { throwIfNoEntry: false });
    if (!entry) return { real, kind: 'missing', isLinked: false };
    if (entry.isDirectory()) return { real, kind: 'directory', isLinked: false };
    const isPlain = entry.isFile() || (!followsLast && entry.isSymbolicLink());
    return { real, kind: isPlain ? 'file' : 'special', isLinked: entry.nlink > 1 };
  } catch {
    return undefined;
  }
}

function followFolder(path: string): string | undefined {
  // NOTE: `..` and `.` at the end name a folder that stands elsewhere in the text.
  if (/^\/+$|(^|\/)\.{1,2}\/*$/.test(path)) return followPath(path);
  const folder = followPath(dirname(path));
  return folder === undefined ? undefined : join(folder, basename(path));
}
