import type { SessionConfig } from '@hotplex/aep-protocol';
import { GatewayError } from '../ground/gateway-error.ts';
import type { SessionRecord } from '../store/store.ts';
import type { WorkerDefinition } from '../worker/worker.ts';
import { resolveWorkDir, type WorkDirRules } from './work-dir.ts';

/** A session keeps the set-up it was opened with; asking for another one is refused by name, not ignored (rule H3). */
export function requireSameConfig(
  { config, workDir }: SessionRecord,
  asked: SessionConfig,
  rules: WorkDirRules,
): void {
  for (const [field, value] of Object.entries(asked)) {
    const current = field === 'work_dir' ? workDir : config[field as keyof SessionConfig];
    if (field === 'metadata' || JSON.stringify(current) === JSON.stringify(value)) continue;
    if (field === 'work_dir' && resolveWorkDir(String(value), rules) === workDir) continue;
    throw new GatewayError(
      'CONFIG_INVALID',
      `config.${field} cannot be changed for a session that exists: open a new one`,
      { details: { field } },
    );
  }
}

/** Throws CONFIG_INVALID if the session runs another agent than this one. */
export function requireSameWorker(
  { workerType }: SessionRecord,
  { type }: Pick<WorkerDefinition, 'type'>,
): void {
  if (workerType === type) return;
  throw new GatewayError('CONFIG_INVALID', `worker_type is ${type}, but this session runs ${workerType}`);
}
