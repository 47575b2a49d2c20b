import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';

/** Whether a tool's path lies in the work dir, wherever its links lead. What cannot be told lies outside. */
export function isInside(cwd: string, path: unknown): boolean {
  if (path === undefined) return true;
  // NOTE: Pi expands `~`, reads file URLs and drops a leading `@`.
  if (typeof path !== 'string' || /^@?(~|[a-z][a-z0-9+.-]*:)/i.test(path)) return false;
  const root = realpathSync(cwd);
  return [path, path.replace(/^@/, '')].every((spelling) => {
    const place = realPlace(resolve(root, spelling));
    return place === root || place.startsWith(root === sep ? root : `${root}${sep}`);
  });
}

/** Where a path leads, also one that does not exist yet. A link to nowhere leads out. */
function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path || isThere(path) ? '' : join(realPlace(parent), basename(path));
  }
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}
