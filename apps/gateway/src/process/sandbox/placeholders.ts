import { lstatSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Walled } from '../isolation.ts';
import { listProcessFolders, type ProcessFolder } from '../process-folder.ts';

/** What a program reads that finds a file which only holds a place: valid, and nothing. */
export function emptyFile(path: string): string {
  return path.endsWith('.json') ? '{}\n' : '';
}

/** What holds a place for a process that is about to start: what was made for it, and what others needed already. */
export function neededPlaceholders(
  { guarded = [], placeholders = [] }: Pick<Walled, 'guarded' | 'placeholders'>,
  folder: string,
): string[] {
  if (guarded.length === 0) return [];
  const ofOthers = new Set(placeholdersOf(listProcessFolders(folder)));
  return guarded.filter((path) => placeholders.includes(path) || ofOthers.has(path));
}

/** Clears away what held places for this process and for nobody else. */
export function clearPlaceholders(folder: ProcessFolder): void {
  const placeholders = placeholdersOf([folder]);
  if (placeholders.length === 0) return;
  const others = listProcessFolders(dirname(folder.path)).filter(({ path }) => path !== folder.path);
  const needed = new Set(placeholdersOf(others));
  for (const path of placeholders) if (!needed.has(path)) removePlaceholder(path);
}

function placeholdersOf(folders: readonly ProcessFolder[]): string[] {
  return folders.flatMap((folder) => folder.read()?.placeholders ?? []);
}

/** Only if it is still as it was made. */
function removePlaceholder(path: string): void {
  try {
    if (lstatSync(path).isDirectory()) rmdirSync(path);
    else if (readFileSync(path, 'utf8') === emptyFile(path)) rmSync(path);
  } catch {
    // It holds something by now, or is gone.
  }
}
