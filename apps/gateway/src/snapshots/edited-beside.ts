import { type Entry, type Index, isSame } from './entry.ts';
import type { SnapshotLine } from './snapshot-log.ts';

/**
 * The files that somebody gave a content between turns since a snapshot, as a person in an editor does: what a turn
 * changed is the agent's. A content that a file had before is nobody's work, since it is what going back leaves behind.
 */
export function editedBeside(lines: readonly SnapshotLine[], since: number, now: Index): Set<string> {
  const edited = new Set<string>();
  const index = new Map<string, Entry>();
  const had = new Set<string>();
  const put = (path: string, entry: Entry, isEdit: boolean) => {
    const content = `${entry.sha256} ${path}`;
    if (isEdit && entry.sha256 !== null && !had.has(content)) edited.add(path);
    had.add(content);
    index.set(path, entry);
  };
  for (const [at, { kind, changed, gone }] of lines.entries()) {
    for (const [path, entry] of changed) put(path, entry, at > since && kind !== 'turn_end');
    for (const path of gone) index.delete(path);
  }
  for (const [path, entry] of now) if (!isSame(index.get(path), entry)) put(path, entry, true);
  return edited;
}
