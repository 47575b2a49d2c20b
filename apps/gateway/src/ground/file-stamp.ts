import { statSync } from 'node:fs';

/**
 * Changes whenever a file does, or a link leads to another one. Undefined where nothing can be looked at: whoever reads it
 * says why.
 */
export function fileStamp(file: string): string | undefined {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino}:${size}:${mtimeMs}`;
  } catch {
    return undefined;
  }
}
