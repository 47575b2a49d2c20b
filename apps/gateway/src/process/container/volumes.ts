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
    ...(home === undefined ? [] : [`--tmpfs=${home}`]),
    ...state.map(({ path }) => toVolume(path, 'writable')),
    ...(workDir === undefined ? [] : [toVolume(workDir, 'writable')]),
    ...[...readable, ...shadowed, ...readOnly].filter(existsSync).map((path) => toVolume(path, 'readable')),
    ...state.flatMap(({ path, own = [] }) => own.map((name) => `--tmpfs=${path}/${name}`)),
    ...guards.map(({ kind, path }) => toVolume(path, kind === 'guarded' ? 'readable' : 'writable')),
  ];
}

/** Throws for a path that the command would read as something else. */
function toVolume(given: string, kind: 'readable' | 'writable'): string {
  const path = given.replace(/\/+$/, '');
  if (/[,"\n]/.test(path)) {
    throw new Error(
      `${path} has a comma, a quote or a line break in its name and cannot be given to a container`,
    );
  }
  return `--mount=type=bind,source=${path},target=${path}${kind === 'readable' ? ',readonly' : ''}`;
}
