import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as nextRound } from 'node:timers/promises';
import type { Clock } from '../ground/clock.ts';
import { followWithin } from '../ground/follow-path.ts';
import { IgnoreRules } from '../ground/ignore-rules.ts';
import { readIgnoreFile } from '../ground/read-ignore-file.ts';

/** A file or folder of a work dir; `path` is relative to it, with slashes. */
export type FoundPath = { path: string; kind: 'file' | 'folder' };

type Search = { workDir: string; query: string; limit: number; clock: Pick<Clock, 'elapsed'> };

type Folder = { path: string; rules: IgnoreRules };

const mostNames = 20_000;
const longestMs = 300;
/** Then others have their turn. */
const namesAtOnce = 200;
/** Of dependencies, also where no `.gitignore` says so. */
const dependencies = 'node_modules';

/**
 * Files and folders of a work dir whose path has these letters in it, and of several parts all in this order, the most
 * likely first; without a query what lies at its top. Hidden names, links and what git ignores are left out. It looks at
 * so many names and for so long, nearest folders first; `complete` says whether it saw them all.
 */
export async function findPaths({ workDir, query, limit, clock }: Search): Promise<{
  paths: FoundPath[];
  complete: boolean;
}> {
  const wanted = query.toLowerCase();
  const until = clock.elapsed() + longestMs;
  const found: (FoundPath & { rank: number })[] = [];
  const waiting: Folder[] = [{ path: '', rules: new IgnoreRules() }];
  let seen = 0;
  for (let folder = waiting.shift(); folder; folder = waiting.shift()) {
    const { entries, rules } = await look(workDir, folder);
    for (const entry of entries) {
      if (seen >= mostNames || clock.elapsed() >= until)
        return { paths: best(found, limit), complete: false };
      seen += 1;
      if (seen % namesAtOnce === 0) await nextRound();
      const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
      if (rules.leavesOut(entry.kind === 'folder' ? `${path}/` : path)) continue;
      const rank = rankOf(path, wanted);
      if (rank !== undefined) found.push({ path, kind: entry.kind, rank });
      if (entry.kind === 'folder' && wanted !== '') waiting.push({ path, rules });
    }
  }
  return { paths: best(found, limit), complete: true };
}

/** What lies in a folder. A link leads out of what we show, also one that has only just taken the place of a folder. */
async function look(workDir: string, { path, rules }: Folder) {
  const real = join(workDir, path);
  if (followWithin(workDir, real) !== real) return { entries: [], rules };
  const entries = await readdir(real, { withFileTypes: true }).catch(() => []);
  const hasRules = entries.some((entry) => entry.name === '.gitignore' && entry.isFile());
  const own = hasRules ? await readIgnoreFile(join(real, '.gitignore')) : '';
  return {
    entries: entries
      .filter(({ name }) => !name.startsWith('.') && name !== dependencies && !/\p{C}/u.test(name))
      .flatMap((entry) => {
        const kind = entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : undefined;
        return kind === undefined ? [] : [{ name: entry.name, kind } as const];
      }),
    rules: own === '' ? rules : rules.with(path, own),
  };
}

/** Lower is better: the path begins with it, its name begins with what is after the last slash, its name has that, the path has. */
function rankOf(path: string, wanted: string): number | undefined {
  const lower = path.toLowerCase();
  if (lower.startsWith(wanted)) return 0;
  if (!hasInOrder(lower, wanted.split('/'))) return undefined;
  const [name, last] = [basename(lower), wanted.slice(wanted.lastIndexOf('/') + 1)];
  if (name.startsWith(last)) return 1;
  return name.includes(last) ? 2 : 3;
}

/** `a/b` also finds what is deeper below `a`. */
function hasInOrder(path: string, parts: readonly string[]): boolean {
  let from = 0;
  return parts.every((part, index) => {
    const wanted = index < parts.length - 1 ? `${part}/` : part;
    const at = path.indexOf(wanted, from);
    from = at + wanted.length;
    return at >= 0;
  });
}

function best(found: (FoundPath & { rank: number })[], limit: number): FoundPath[] {
  const depth = ({ path }: FoundPath) => path.split('/').length;
  return found
    .sort((a, b) => a.rank - b.rank || depth(a) - depth(b) || (a.path < b.path ? -1 : 1))
    .slice(0, limit)
    .map(({ path, kind }) => ({ path, kind }));
}
