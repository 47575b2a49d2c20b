import { createHash } from 'node:crypto';
import { type Entry, type Index, isSame } from './entry.ts';
import type { Scan } from './scan.ts';

export type FileChange = {
  path: string;
  kind: 'added' | 'modified' | 'deleted';
  before: Entry | undefined;
  after: Entry | undefined;
};

type Looked = { index: Index } & Pick<Scan, 'partial'>;

/**
 * What is other than before, by path. What nobody looked at before is not called new, nor is what was `ignored` then:
 * whoever puts files back removes what is new.
 */
export function compare(before: Looked, after: Looked, wasIgnored: (path: string) => boolean): FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, now] of after.index) {
    const then = before.index.get(path);
    if (then === undefined) {
      if (before.partial === null && !wasIgnored(path))
        changes.push({ path, kind: 'added', before: undefined, after: now });
    } else if (!isSame(then, now)) changes.push({ path, kind: 'modified', before: then, after: now });
  }
  for (const [path, then] of before.index)
    if (!after.index.has(path)) changes.push({ path, kind: 'deleted', before: then, after: undefined });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Names how all files stand: two are the same if no file is other. */
export function digestOf(index: Index): string {
  const hash = createHash('sha256');
  for (const path of [...index.keys()].sort()) {
    const { sha256, size, mtimeMs, mode } = index.get(path) ?? {};
    hash.update(`${JSON.stringify([path, sha256 ?? [size, mtimeMs], (mode ?? 0) & 0o111])}\n`);
  }
  return hash.digest('hex');
}
