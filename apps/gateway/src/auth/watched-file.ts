import { statSync } from 'node:fs';
import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import { reasonOf } from './reason-of.ts';

const lookEveryMs = 5_000;

type WatchedFileOptions<T> = {
  file: string;
  read(): T;
  /** What is in it, as a log calls it. */
  holds: string;
  clock: Clock;
  logger: Logger;
};

/**
 * What a file holds at this moment: the same value until the file changes. A changed file is read without a restart, a bad
 * one leaves the old value in force and is logged (J7). Throws what `read` throws if the file is bad from the start.
 */
export function watchFile<T>({ file, read, holds, clock, logger }: WatchedFileOptions<T>): () => T {
  let value = read();
  let stamp = stampOf(file);
  let lookedAt = clock.elapsed();
  return () => {
    if (clock.elapsed() - lookedAt < lookEveryMs) return value;
    lookedAt = clock.elapsed();
    try {
      const now = stampOf(file);
      if (now === stamp) return value;
      stamp = now;
      value = read();
      logger.info({ file }, `${holds} read anew`);
    } catch (cause) {
      logger.warn({ file, reason: reasonOf(cause) }, `the changed ${holds} are bad: the old ones stay`);
    }
    return value;
  };
}

function stampOf(file: string): string {
  const { mtimeMs, size, ino } = statSync(file);
  return `${ino}:${size}:${mtimeMs}`;
}
