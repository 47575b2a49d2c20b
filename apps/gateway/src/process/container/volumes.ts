import { existsSync, mkdirSync } from 'node:fs';
import type { ProcessNeeds } from '../child-process.ts';
import type { Mount } from '../sandbox/mounts.ts';

type VolumesOptions = { needs: ProcessNeeds; home: string | undefined; guards: readonly Mount[] };

/** The places of the machine that a container has, as arguments of `docker run` (docs.docker.com, "Bind mounts"). */
export function toVolumes({ needs, home, guards }: VolumesOptions): string[] {
  const { workDir, state, readable = [], shadowed = [] } = needs;
  for (const { path } of state) mkdirSync(path, { recursive: true, mode: 0o700 });
  const readOnly = state.flatMap(({ path, readOnly: names = [] }) => names.map((name) => `${path}/${name}`));
  return [
    ...(home === undefined ? [] : [toEmpty(home)]),
    ...state.map(({ path }) => toVolume(path, 'writable')),
    ...(workDir === undefined ? [] : [toVolume(workDir, 'writable')]),
    ...[...readable, ...shadowed, ...readOnly].filter(existsSync).map((path) => toVolume(path, 'readable')),
    ...state.flatMap(({ path, own = [] }) => own.map((name) => toEmpty(`${path}/${name}`))),
    ...guards.map(({ kind, path }) => toVolume(path, kind === 'guarded' ? 'readable' : 'writable')),
  ];
}

/** A place that goes with the container. Its programs may be run, as in the home of a person. */
function toEmpty(path: string): string {
  return `--tmpfs=${plain(path, /[:,"\n]/)}:exec`;
}

function toVolume(given: string, kind: 'readable' | 'writable'): string {
  const path = plain(given.replace(/\/+$/, ''), /[,"\n]/);
  return `--mount=type=bind,source=${path},target=${path}${kind === 'readable' ? ',readonly' : ''}`;
}

/** Throws for a path that the command would read as something else. */
function plain(path: string, special: RegExp): string {
  const found = special.exec(path)?.[0];
  if (found === undefined) return path;
  throw new Error(`${path} has ${JSON.stringify(found)} in its name and cannot be given to a container`);
}
