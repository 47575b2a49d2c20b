import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/** Held so that it can be let go. One for all, since it is needed for the length of a call. */
let spare = tryToOpen();

/**
 * Reads at once, also when this process has no file descriptor left (EMFILE): what cannot be looked up now must not count
 * as gone. Throws what `read` throws. NOTE: it does not help where the whole machine has none left (ENFILE).
 */
export function withSpareDescriptor<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isOutOfFiles(error) || spare === undefined) throw error;
    closeSync(spare);
    try {
      return read();
    } finally {
      spare = tryToOpen();
    }
  } finally {
    spare ??= tryToOpen();
  }
}

function isOutOfFiles(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EMFILE';
}

function tryToOpen(): number | undefined {
  try {
    return openSync(devNull, 'r');
  } catch {
    return undefined;
  }
}
