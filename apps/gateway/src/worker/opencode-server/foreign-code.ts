import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folders = ['plugin', 'plugins', 'tool', 'tools'];

/**
 * A folder whose code the server would run because somebody works there, or undefined. Looked for in the work dir and
 * above it, up to the operator's home, which is their own.
 * NOTE: OpenCode 1.18.33 runs such code in `serve` also with OPENCODE_DISABLE_PROJECT_CONFIG and OPENCODE_PURE set.
 */
export function findForeignCode(workDir: string, home: string | undefined): string | undefined {
  for (let folder = workDir; folder !== home; folder = dirname(folder)) {
    const found = folders.map((name) => join(folder, '.opencode', name)).find((path) => existsSync(path));
    if (found !== undefined || folder === dirname(folder)) return found;
  }
  return undefined;
}
