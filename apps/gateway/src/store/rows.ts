import type { SessionConfig, SessionState, SessionTotals } from '@hotplex/aep-protocol';
import type { InputRecord, InteractionRecord, SessionRecord } from './store.ts';

/** A row of `sessions`; JSON columns are text in every database. */
export type SessionRow = {
  id: string;
  owner_id: string;
  bot_id: string | null;
  worker_type: string;
  client_key: string;
  title: string | null;
  work_dir: string;
  state: string;
  config: string;
  native_session_id: string | null;
  epoch: string;
  last_seq: number;
  turn: string | null;
  totals: string;
  created_at: number;
  updated_at: number;
};

export function toSessionRow(record: SessionRecord): SessionRow {
  return {
    id: record.id,
    owner_id: record.ownerId,
    bot_id: record.botId,
    worker_type: record.workerType,
    client_key: record.clientKey,
    title: record.title,
    work_dir: record.workDir,
    state: record.state,
    config: JSON.stringify(record.config),
    native_session_id: record.nativeSessionId,
    epoch: record.epoch,
    last_seq: record.lastSeq,
    turn: record.turn && JSON.stringify(record.turn),
    totals: JSON.stringify(record.totals),
    created_at: record.createdAt,
    updated_at: record.updatedAt,
  };
}

export function toSessionRecord(row: SessionRow): SessionRecord {
  return {
    id: row.id,
    ownerId: row.owner_id,
    botId: row.bot_id,
    workerType: row.worker_type,
    clientKey: row.client_key,
    title: row.title,
    workDir: row.work_dir,
    state: row.state as SessionState,
    config: JSON.parse(row.config) as SessionConfig,
    nativeSessionId: row.native_session_id,
    epoch: row.epoch,
    lastSeq: row.last_seq,
    turn: row.turn === null ? null : (JSON.parse(row.turn) as SessionRecord['turn']),
    totals: JSON.parse(row.totals) as SessionTotals,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** A row whose record is one JSON column; what is searched for has a column of its own. */
export type JsonRow = { record: string };

export const toInputRecord = ({ record }: JsonRow) => JSON.parse(record) as InputRecord;
export const toInteractionRecord = ({ record }: JsonRow) => JSON.parse(record) as InteractionRecord;
