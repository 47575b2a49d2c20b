import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from './config-schema.ts';
import { StartError } from './ground/start-error.ts';
import { expandPath } from './start-checks.ts';

/** Where lies what a session needs at whichever gateway works for it: uploads, snapshots, the state of some agents. */
export function sharedDirOf({ cluster, db }: Pick<Config, 'cluster' | 'db'>): string {
  return cluster.shared_dir === undefined ? dirname(expandPath(db.path)) : expandPath(cluster.shared_dir);
}

/** NOTE: one that is not there is not made: where a volume is missing, what others need would lie below its mount point. */
export function requireSharedDir({ cluster: { shared_dir: configured } }: Pick<Config, 'cluster'>): void {
  if (configured === undefined) return;
  const path = expandPath(configured);
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartError(
      `cluster.shared_dir ${path} does not exist or cannot be written: mount the volume, make the folder on it and give it to this user`,
      { cause },
    );
  }
}
