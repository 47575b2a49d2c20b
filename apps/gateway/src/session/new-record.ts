import { deriveSessionId, type SessionConfig } from '@hotplex/aep-protocol';
import type { Identity } from '../auth/identity.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import type { SessionRecord } from '../store/store.ts';
import type { WorkerDefinition } from '../worker/worker.ts';
import { noTotals } from './turn-totals.ts';
import { resolveWorkDir, type WorkDirRules } from './work-dir.ts';

type NewSession = {
  identity: Identity;
  definition: WorkerDefinition;
  /** The client's own key; empty for one that is made up. */
  key: string;
  config: SessionConfig;
  title: string | undefined;
};

type Surroundings = {
  clock: Clock;
  ids: Ids;
  defaultWorkDir: string;
  workDirRules: WorkDirRules;
  /** What the name of the worker type stands for beside the type. */
  implied: SessionConfig | undefined;
};

/** Throws CONFIG_INVALID naming the first field that this agent does not take. */
export function requireAccepted(config: SessionConfig, definition: WorkerDefinition): void {
  for (const field of Object.keys(config) as (keyof SessionConfig)[]) {
    if (definition.accepts.has(field)) continue;
    throw new GatewayError(
      'CONFIG_INVALID',
      `config.${field} is not possible with ${definition.title}: leave it out`,
      { details: { field } },
    );
  }
}

type Origin = Pick<SessionRecord, 'ownerId' | 'workerType' | 'clientKey' | 'workDir'>;

/** The id of a session of no bot; what a bot finds there it may share (rule H6). */
export const sharedIdOf = ({ ownerId: owner, ...origin }: Origin) => deriveSessionId({ owner, ...origin });

/** Bots of one user that choose the same key have each their own session. */
const idOf = (origin: Origin, botId: string | null) =>
  botId === null
    ? sharedIdOf(origin)
    : sharedIdOf({ ...origin, clientKey: `${botId.length}:${botId}:${origin.clientKey}` });

/** A session in which nothing has happened yet; its id follows from owner, agent, key and work dir (rule H6). */
export function newRecord(
  { identity, definition, key, config, title }: NewSession,
  { clock, ids, defaultWorkDir, workDirRules, implied }: Surroundings,
): SessionRecord {
  const workDir = resolveWorkDir(config.work_dir ?? defaultWorkDir, workDirRules);
  const clientKey = key === '' ? ids.uuid() : key;
  const now = clock.now();
  const origin = { ownerId: identity.subject, workerType: definition.type, clientKey, workDir };
  return {
    ...origin,
    id: idOf(origin, identity.botId),
    botId: identity.botId,
    title: title ?? null,
    isNamed: title !== undefined,
    isArchived: false,
    state: 'created',
    config: { ...implied, ...config },
    nativeSessionId: null,
    forkOf: null,
    epoch: ids.uuid(),
    lastSeq: 0,
    turn: null,
    totals: noTotals,
    createdAt: now,
    updatedAt: now,
  };
}
