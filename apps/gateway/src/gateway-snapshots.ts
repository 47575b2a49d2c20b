import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Config } from './config-schema.ts';
import { gatewayPlaces } from './gateway-places.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';
import { type Logger, logOf } from './ground/logger.ts';
import { isProtectedName } from './policy/path/protected-names.ts';
import { classifyPlace } from './policy/place/classify-place.ts';
import { isGuardedName } from './process/sandbox/guarded-names.ts';
import { emptyFile } from './process/sandbox/placeholders.ts';
import { sharedDirOf } from './shared-dir.ts';
import { Snapshots } from './snapshots/snapshots.ts';

type SnapshotsParts = {
  config: Config;
  configFiles: readonly string[];
  clock: Clock;
  ids: Ids;
  logger: Logger;
};

/**
 * Where copies of work dirs lie, what is never copied: what the policy calls a secret, and what is never put back: what
 * neither the policy nor the sandbox lets an agent write.
 */
export function createGatewaySnapshots({ config, configFiles, logger, ...parts }: SnapshotsParts): Snapshots {
  const { snapshots, worker } = config;
  const { gatewayDirs } = gatewayPlaces(config, configFiles);
  const context = { home: homedir(), gatewayDirs, gatewayPorts: [] };
  return new Snapshots({
    ...parts,
    logger: logOf('snapshots', logger),
    folder: join(sharedDirOf(config), 'snapshots'),
    isEnabled: snapshots.enabled,
    limits: {
      maxFiles: snapshots.max_files,
      maxFileBytes: snapshots.max_file_size,
      maxSessionBytes: snapshots.max_session_size,
      timeoutMs: snapshots.timeout,
    },
    isSecret: (path, workDir) => classifyPlace(path, workDir, { ...context, workDir }).secret,
    guard: {
      isProtected: (path) => isProtectedName(path) || isGuardedName(path, worker.sandbox.guarded_names),
      placeholder: emptyFile,
    },
  });
}
