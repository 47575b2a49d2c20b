import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';

/** Resolves to the real path of something in the work dir, existing or to be made; undefined if it is not in there. */
export async function jail(workDir: string, path: string): Promise<string | undefined> {
  if (!isAbsolute(path) || path.includes('\0')) return undefined;
  const root = await realpath(workDir);
  const real = await resolveLinks(path);
  if (real === undefined) return undefined;
  const inside = relative(root, real);
  return inside === '..' || inside.startsWith('../') || isAbsolute(inside) ? undefined : real;
}

/** The real path of the longest part that exists, and the rest as it is. A link to nowhere is refused: who follows it would make its target. */
async function resolveLinks(path: string): Promise<string | undefined> {
  const missing: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    try {
      return join(await realpath(at), ...missing);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || (await isLink(at))) return undefined;
      missing.unshift(basename(at));
    }
  }
}

async function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (entry) => entry.isSymbolicLink(),
    () => false,
  );
}
