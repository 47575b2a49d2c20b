import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folders = ['plugin', 'plugins', 'tool', 'tools'];

/**
 * A folder whose code OpenCode would run because somebody works there, or undefined. Looked for in the work dir and
 * above it, up to the operator's home, which is their own.
 * NOTE: OpenCode 1.18.33 runs such code in `serve` also with OPENCODE_DISABLE_PROJECT_CONFIG and OPENCODE_PURE set.
 */
function findForeignCode(workDir: string, home: string | undefined): string | undefined {
  for (let folder = workDir; folder !== home; folder = dirname(folder)) {
    const found = folders.map((name) => join(folder, '.opencode', name)).find(holdsFiles);
    if (found !== undefined || folder === dirname(folder)) return found;
  }
  return undefined;
}

/** NOTE: an empty folder may hold a place there, so that none with code is made (see `guardedByDefault`). */
function holdsFiles(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    // What cannot be looked at may hold some.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/** Why OpenCode must not be started in this work dir, in a user's words; undefined if it may. */
export function refusalOf(workDir: string, home: string | undefined): string | undefined {
  const code = findForeignCode(workDir, home);
  return code && `OpenCode would run the code in ${code} as the gateway's user; remove it first`;
}
