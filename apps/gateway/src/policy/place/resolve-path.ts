import { isOpen } from './wildcard.ts';

/** The names of an absolute path, from the root; `[]` is the root itself. */
export type Names = readonly string[];

/** Doors of the kernel that lead to the root or to the working directory under another name. */
const processDoors = new Set(['root', 'cwd']);

/**
 * Where a path leads from a directory, without touching the disk: `//`, `.` and `..` resolved, `/proc/self/root` and
 * `/proc/self/cwd` followed. Wildcards stay in.
 */
export function resolveNames(path: string, cwd: string): Names {
  const names: string[] = [];
  const walk = path.startsWith('/') ? path : `${cwd}/${path}`;
  for (const name of walk.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      // What is above a directory nobody knows is as unknown.
      if (!isOpen(names.at(-1) ?? '')) names.pop();
      continue;
    }
    names.push(name);
    const door = processDoor(names);
    if (door === 'root') names.length = 0;
    if (door === 'cwd') names.splice(0, names.length, ...cwd.split('/').filter(Boolean));
  }
  return names;
}

/** The path that a list of names spells. */
export const spellPath = (names: Names): string => `/${names.join('/')}`;

function processDoor(names: Names): string | undefined {
  if (names[0] !== 'proc') return undefined;
  const door = names[2] === 'task' ? names[4] : names[2];
  const length = names[2] === 'task' ? 5 : 3;
  return names.length === length && door !== undefined && processDoors.has(door) ? door : undefined;
}
