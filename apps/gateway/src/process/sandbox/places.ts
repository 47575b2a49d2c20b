import { lstatSync, mkdirSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isWithin } from '../../ground/follow-path.ts';
import type { ProcessNeeds } from '../child-process.ts';
import { type Guarded, type GuardedName, guardNames } from './guarded-names.ts';
import type { Mount } from './mounts.ts';
import { programPlaces } from './program-places.ts';
import { realPath } from './real-path.ts';
import { etcPlaces, kernelPlaces, systemPlaces } from './system-places.ts';

export type PlacesOptions = {
  /** Absolute path of the program. */
  file: string;
  env: Readonly<Record<string, string>>;
  needs: ProcessNeeds;
  /** The gateway's own: its data, its configuration, its keys. */
  hidden: readonly string[];
  /** What the operator lets every agent read and write. */
  readable: readonly string[];
  writable: readonly string[];
  /** Names of the work dir that are only read. */
  guardedNames: readonly GuardedName[];
};

/** The file system of one program: the system, its program, its own state and its work dir, and nothing else. */
export function toPlaces(options: PlacesOptions): Guarded {
  const { file, env, needs, hidden, guardedNames } = options;
  const { workDir, state } = needs;
  const home = env.HOME;
  if (workDir !== undefined && home !== undefined && isWithin(workDir, realPath(home))) {
    throw new Error(
      `the work dir ${workDir} holds the home folder with its keys and sign-ins: choose a project folder, or another worker.isolation`,
    );
  }
  const { guarded, placeholders, ...work } = guardNames(
    workDir ?? '/',
    workDir === undefined ? [] : guardedNames,
  );
  const states = state.map(({ path, readOnly = [], own = [] }) => {
    for (const folder of [path, ...own.map((name) => join(path, name))])
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { mounts, ...rest } = guardNames(realPath(path), readOnly);
    const apart = own.map((name): Mount => ({ kind: 'own', path: join(realPath(path), name) }));
    return { ...rest, mounts: [...mounts, ...apart] };
  });
  const mounts: Mount[] = [
    ...['/tmp', '/var/tmp', ...(home === undefined ? [] : [home])].map(
      (path): Mount => ({ kind: 'empty', path }),
    ),
    ...(needs.shadowed ?? []).flatMap(shadow),
    ...systemPlaces.flatMap(asItIs),
    ...kernelPlaces.filter(exists).map((path): Mount => ({ kind: 'guarded', path })),
    ...[...etcPlaces, ...programPlaces(file, env.PATH), ...(needs.readable ?? []), ...options.readable]
      .filter((path) => home === undefined || !isWithin(path, home))
      .flatMap((path) => bind('readable', path)),
    ...[
      ...options.writable,
      ...state.map(({ path }) => path),
      ...(workDir === undefined ? [] : [workDir]),
    ].flatMap((path) => bind('writable', path)),
    ...hidden.flatMap(hide),
    ...work.mounts,
    ...states.flatMap((each) => each.mounts),
  ];
  return { mounts, guarded, placeholders };
}

/** A link of the system, such as `/bin`, stays one. */
function asItIs(path: string): Mount[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  return found.isSymbolicLink()
    ? [{ kind: 'link', path, target: readlinkSync(path) }]
    : [{ kind: 'readable', path, source: path }];
}

/** By its name and, if that leads elsewhere, also where it really is: programs ask for both. */
function bind(kind: 'readable' | 'writable', path: string): Mount[] {
  if (!exists(path) || dirname(path) === path) return [];
  const source = realPath(path);
  const names = [...new Set([path, source])];
  return names.map((name) => ({ kind, path: name, source }));
}

/** A folder of its own with what is there outside, read-only. */
function shadow(path: string): Mount[] {
  if (!exists(path)) return [];
  const content = readdirSync(path).flatMap((name) => bind('readable', join(path, name)));
  return [{ kind: 'empty', path }, ...content];
}

function hide(path: string): Mount[] {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? [{ kind: 'hidden', path: realPath(path), isFolder: found.isDirectory() }] : [];
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
