import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where a program is, or in a user's words why it cannot be used. */
export type Found = { path: string } | { reason: string };

/**
 * Finds a program by absolute path, or by name in PATH. Only absolute folders are searched, so that no work dir can
 * put a program of that name in the way.
 */
export function findProgram(
  command: string,
  environment: Readonly<Record<string, string | undefined>>,
): Found {
  if (command.includes('/')) {
    if (!isAbsolute(command)) return { reason: `${command} must be an absolute path` };
    return isProgram(command) ? { path: command } : { reason: `${command} is not a program that may be run` };
  }
  const folders = (environment.PATH ?? '').split(delimiter).filter(isAbsolute);
  const path = folders.map((folder) => join(folder, command)).find(isProgram);
  return path ? { path } : { reason: `${command} was not found in PATH` };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
