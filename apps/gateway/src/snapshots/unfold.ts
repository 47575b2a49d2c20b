import { type Entry, type Index, isSame } from './entry.ts';
import { type Guard, isOnlyPlaceholder } from './guard.ts';
import type { SnapshotLine } from './snapshot-log.ts';

/** All files as they were when this snapshot was taken. */
export function indexAt(lines: readonly SnapshotLine[], at: number): Index {
  const index = new Map<string, Entry>();
  for (const line of lines.slice(0, at + 1)) apply(index, line);
  return index;
}

/** What a turn that has ended changed. */
export type TurnChanges = { id: string; files: number };

/** How many files each turn changed that has ended, oldest first. */
export function turnsOf(lines: readonly SnapshotLine[], guard: Guard): TurnChanges[] {
  const index = new Map<string, Entry>();
  const turns: TurnChanges[] = [];
  /** How each file was when the turn began, of those that were touched since. */
  let touched = new Map<string, Entry | undefined>();
  for (const line of lines) {
    for (const path of [...line.changed.map(([name]) => name), ...line.gone])
      if (!touched.has(path)) touched.set(path, index.get(path));
    apply(index, line);
    if (line.kind === 'turn') touched = new Map();
    if (line.kind !== 'turn_end' || line.name === null) continue;
    const files = [...touched].filter(([path, before]) => {
      const after = index.get(path);
      return !isSame(before, after) && !isOnlyPlaceholder(guard, { path, before, after });
    });
    turns.push({ id: line.name, files: files.length });
  }
  return turns;
}

function apply(index: Map<string, Entry>, { changed, gone }: SnapshotLine): void {
  for (const [path, now] of changed) index.set(path, now);
  for (const path of gone) index.delete(path);
}
