import { closeSync, fstatSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The time as the file system stamps it, Unix milliseconds with fractions: what is written later has this time or a later
 * one, what was written before an earlier one. The system's clock is no use for that, for file systems stamp with a
 * coarser one that runs behind it. Linux before 6.13, and others, stamp with steps of some milliseconds: what was written
 * within the last step counts as later there.
 */
export function readFileClock(folder: string): number {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fd = openSync(join(folder, 'clock'), 'w', 0o600);
  try {
    // Only a stamp that somebody has looked at is followed by a fine one (docs.kernel.org/filesystems/multigrain-ts.html).
    writeSync(fd, '1', 0);
    fstatSync(fd);
    writeSync(fd, '2', 0);
    return fstatSync(fd).ctimeMs;
  } finally {
    closeSync(fd);
  }
}
