import { sessionConfig, sessionTotals } from '@hotplex/aep-protocol';
import type { Commit, SessionRecord } from '../store.ts';

/** A session as a database gives it, JSON still as text. */
export type SessionRow = Omit<SessionRecord, 'config' | 'totals' | 'turn' | 'isNamed' | 'isArchived'> & {
  isNamed: number;
  isArchived: number;
  config: string;
  totals: string;
  turnId: string | null;
  turnFirstSeq: number | null;
};

/** Every session with its config, under the names of `SessionRow`. */
export const selectSessions = `
  select id, owner_id as "ownerId", bot_id as "botId", worker_type as "workerType", client_key as "clientKey", title,
    is_named as "isNamed", is_archived as "isArchived", work_dir as "workDir", state, config, native_session_id as "nativeSessionId", fork_of as "forkOf", epoch, last_seq as "lastSeq",
    turn_id as "turnId", turn_first_seq as "turnFirstSeq", totals, created_at as "createdAt", updated_at as "updatedAt"
  from sessions join session_configs on session_id = id`;

export function toSessionRecord(row: SessionRow): SessionRecord {
  const { config, totals, turnId, turnFirstSeq, isNamed, isArchived, ...same } = row;
  return {
    ...same,
    isNamed: isNamed !== 0,
    isArchived: isArchived !== 0,
    config: sessionConfig.parse(JSON.parse(config)),
    totals: sessionTotals.parse(JSON.parse(totals)),
    turn: turnId === null || turnFirstSeq === null ? null : { id: turnId, firstSeq: turnFirstSeq },
  };
}

/** The parameters of the insert of a new session. */
export function toSessionRow(record: SessionRecord): SessionRow {
  const { config, totals, turn, isNamed, isArchived, ...same } = record;
  return {
    ...same,
    isNamed: Number(isNamed),
    isArchived: Number(isArchived),
    config: JSON.stringify(config),
    totals: JSON.stringify(totals),
    turnId: turn?.id ?? null,
    turnFirstSeq: turn?.firstSeq ?? null,
  };
}

/** The columns of `sessions` that a commit changes, with their new values. */
export function toChangedColumns(
  patch: NonNullable<Commit['session']>,
): Record<string, string | number | null> {
  const { title, isNamed, isArchived, state, nativeSessionId, forkOf, epoch, totals, turn } = patch;
  return {
    ...(title !== undefined && { title }),
    ...(isNamed !== undefined && { is_named: Number(isNamed) }),
    ...(isArchived !== undefined && { is_archived: Number(isArchived) }),
    ...(state !== undefined && { state }),
    ...(nativeSessionId !== undefined && { native_session_id: nativeSessionId }),
    ...(forkOf !== undefined && { fork_of: forkOf }),
    ...(epoch !== undefined && { epoch }),
    ...(totals !== undefined && { totals: JSON.stringify(totals) }),
    ...(turn !== undefined && { turn_id: turn?.id ?? null, turn_first_seq: turn?.firstSeq ?? null }),
  };
}
