import { accessSync, constants, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { toStartError } from './to-start-error.ts';

/**
 * Makes the folder of a database (0700) if it is missing and returns the file’s one true path: links are followed, so
 * that two names of the same database cannot get two locks, and a link to nowhere is refused. Throws StartError.
 */
export function prepareLocation(path: string): string {
  const folder = dirname(resolve(path));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw toStartError(`the folder ${folder}`, error);
  }
  const file = join(realpathSync(folder), basename(path));
  try {
    const isThere = lstatSync(file, { throwIfNoEntry: false }) !== undefined;
    return isThere ? realpathSync(file) : file;
  } catch (error) {
    throw toStartError(file, error);
  }
}
