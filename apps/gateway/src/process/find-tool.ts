import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { systemEnvironment } from './system-environment.ts';

/** The absolute path of a program that is searched in absolute folders of a PATH; default: the gateway's. Undefined if there is none. */
export function findTool(name: string, path = systemEnvironment().PATH): string | undefined {
  const places = path.split(delimiter).filter(isAbsolute);
  return places.map((folder) => join(folder, name)).find(isProgram);
}

/** Whether this is a file that we may run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
