import { isWithin } from '../../ground/follow-path.ts';

/** One place of the file system as a program in a sandbox has it. */
export type Mount =
  /** A folder of its own, gone with it; `private` ones stand for what is there outside. */
  | { kind: 'empty'; path: string }
  /** The same within a folder that is written: what others would find there is kept from them. */
  | { kind: 'own'; path: string }
  | { kind: 'link'; path: string; target: string }
  /** `source`: where it really is. */
  | { kind: 'readable' | 'writable'; path: string; source: string }
  /** What must not be seen, though it lies in something that is. */
  | { kind: 'hidden'; path: string; isFolder: boolean }
  /** A folder that stays where it is: else it could be moved away with what is guarded in it. */
  | { kind: 'pinned'; path: string }
  /** What is only read, though it lies in something that is written. */
  | { kind: 'guarded'; path: string };

const rank = ['empty', 'link', 'readable', 'writable', 'own', 'hidden', 'pinned', 'guarded'] as const;

/** The arguments of bubblewrap (man 1 bwrap) for these places. A place within another wins over it, in whatever order they come. */
export function toMountArguments(mounts: readonly Mount[]): string[] {
  const sorted = mounts.toSorted(
    (a, b) => depthOf(a.path) - depthOf(b.path) || rank.indexOf(a.kind) - rank.indexOf(b.kind),
  );
  const done: Mount[] = [];
  for (const mount of sorted) if (isNeeded(mount, done)) done.push(mount);
  return done.flatMap(toArguments);
}

/** What is there already need not be mounted again: each mount takes time, and some would hide what is written. */
function isNeeded(mount: Mount, before: readonly Mount[]): boolean {
  const around = before.findLast((other) => isWithin(other.path, mount.path));
  switch (mount.kind) {
    case 'link':
    case 'readable':
      return around === undefined || around.kind === 'empty';
    case 'writable':
      return around?.kind !== 'writable' && around?.kind !== 'pinned';
    case 'hidden':
      return around !== undefined && around.kind !== 'empty';
    case 'empty':
      return around?.kind !== 'writable';
    default:
      return true;
  }
}

function toArguments(mount: Mount): string[] {
  const { kind, path } = mount;
  switch (kind) {
    case 'empty':
    case 'own':
      return ['--tmpfs', path];
    case 'link':
      return ['--symlink', mount.target, path];
    case 'readable':
      return ['--ro-bind', mount.source, path];
    case 'writable':
      return ['--bind', mount.source, path];
    case 'hidden':
      return mount.isFolder ? ['--tmpfs', path, '--remount-ro', path] : ['--ro-bind', '/dev/null', path];
    case 'pinned':
      return ['--bind', path, path];
    case 'guarded':
      return ['--ro-bind', path, path];
  }
}

function depthOf(path: string): number {
  return path.split('/').filter(Boolean).length;
}
