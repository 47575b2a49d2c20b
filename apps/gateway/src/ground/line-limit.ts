import type { Clock } from './clock.ts';

const windowMs = 60_000;
/** More lines than these in a window say nothing new, and fill the disk of somebody who is attacked. */
const mostLines = 20;

/** Whether a line of the log that strangers can cause is to be written: each once a minute, and few of them. */
export function createLineLimit(clock: Clock): (line: string) => boolean {
  let since = Number.NEGATIVE_INFINITY;
  const told = new Set<string>();
  return (line) => {
    if (clock.elapsed() - since >= windowMs) {
      told.clear();
      since = clock.elapsed();
    }
    if (told.has(line) || told.size >= mostLines) return false;
    told.add(line);
    return true;
  };
}
