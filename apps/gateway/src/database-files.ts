import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { freeBytes } from './ground/free-bytes.ts';
import { sum } from './ground/sum.ts';

/** With less than this on its disk a database cannot be sure to take what one turn says, bytes. */
const leastRoom = 8 * 1_024 * 1_024;

/** How large a database is with the log beside it, bytes. */
export function databaseBytes(path: string): number {
  return sum(
    ['', '-wal'].map((ending) => statSync(`${path}${ending}`, { throwIfNoEntry: false })?.size ?? 0),
  );
}

/** What the disk of a database has left for us, bytes; undefined if it does not tell. */
export function databaseFreeBytes(path: string): number | undefined {
  return freeBytes(dirname(path));
}

/** Whether the disk of a database takes what a turn says; one that does not tell is not said to be full. */
export function hasRoom(path: string): boolean {
  return (databaseFreeBytes(path) ?? leastRoom) >= leastRoom;
}
