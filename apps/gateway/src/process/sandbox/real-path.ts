import { realpathSync } from 'node:fs';

/** Where a path really is; itself where nobody can say, as when it is not there. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
