import type { Clock } from '../ground/clock.ts';
import { fileStamp } from '../ground/file-stamp.ts';
import type { Logger } from '../ground/logger.ts';
import { reasonOf } from './reason-of.ts';

const lookEveryMs = 5_000;

type WatchedFileOptions<T> = {
  file: string;
  read(): T;
  /** Brings the file up to date before it is looked at. */
  refresh?: (() => void) | undefined;
  /** What is in it, as a log calls it. */
  holds: string;
  clock: Clock;
  logger: Logger;
};

/** What holds now; it was looked at no longer ago than that, milliseconds: default 5 s. */
export type CurrentValue<T> = (oldestMs?: number) => T;

/**
 * What a file holds at this moment: the same value until the file changes. A changed file is read without a restart, a bad
 * one leaves the old value in force and is logged (J7). Throws what `refresh` and `read` throw from the start.
 */
export function watchFile<T>({
  file,
  read,
  refresh,
  holds,
  clock,
  logger,
}: WatchedFileOptions<T>): CurrentValue<T> {
  refresh?.();
  let value = read();
  let stamp = fileStamp(file);
  let lookedAt = clock.elapsed();
  return (oldestMs = lookEveryMs) => {
    if (clock.elapsed() - lookedAt < oldestMs) return value;
    lookedAt = clock.elapsed();
    try {
      refresh?.();
      const now = fileStamp(file);
      if (now === stamp) return value;
      // Not read: what reads a file may make it where there is none.
      if (now === undefined) throw new Error('it cannot be looked at');
      stamp = now;
      value = read();
      logger.info({ file }, `${holds} read anew`);
    } catch (cause) {
      logger.warn({ file, reason: reasonOf(cause) }, `${holds} cannot be read anew: the old ones stay`);
    }
    return value;
  };
}
