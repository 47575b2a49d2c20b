import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, normalize, relative, sep } from 'node:path';

/** True if `path` is `base` or below it; compares whole segments, never prefixes (requirement F2). */
export function isWithin(base: string, path: string): boolean {
  const rest = relative(base, path);
  return rest === '' || (!isAbsolute(rest) && rest !== '..' && !rest.startsWith(`..${sep}`));
}

/**
 * Where a path leads: the real path of its deepest existing ancestor, and the rest as it is (requirement F1). A link to
 * nowhere is followed too: who writes there makes its target. Undefined if nobody can say: relative, NUL, a loop, no
 * right to look, or `..` behind a link, which programs and the system read differently.
 */
export function followPath(path: string): string | undefined {
  if (!isAbsolute(path) || path.includes('\0')) return undefined;
  const real = followLinks(path, mostLinks);
  const plain = normalize(path);
  return plain === path || followLinks(plain, mostLinks) === real ? real : undefined;
}

/** Where a path leads if that is `base` or below it; else undefined. */
export function followWithin(base: string, path: string): string | undefined {
  const root = followPath(base);
  const real = followPath(path);
  return root !== undefined && real !== undefined && isWithin(root, real) ? real : undefined;
}

/** As many links as Linux follows (man 7 path_resolution). */
const mostLinks = 40;

function followLinks(path: string, linksLeft: number): string | undefined {
  const missing: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    try {
      // NOTE: only the native one reads `..` as the system does, after the link before it.
      return join(realpathSync.native(at), ...missing);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return undefined;
      const target = readLink(at);
      // NOTE: not joined, for that would read `..` before the links.
      if (target !== undefined) {
        if (linksLeft === 0) return undefined;
        const next = isAbsolute(target) ? target : `${dirname(at)}/${target}`;
        return followLinks([next, ...missing].join('/'), linksLeft - 1);
      }
      missing.unshift(basename(at));
    }
  }
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
