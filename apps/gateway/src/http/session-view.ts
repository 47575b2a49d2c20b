import type { Session } from '../session/session.ts';

export type ViewedSession = Pick<Session, 'record' | 'pending' | 'queue' | 'terminalCommand'>;

/** A session as the HTTP API shows it. */
export function toSessionView({ record, pending, queue, terminalCommand }: ViewedSession) {
  const {
    id,
    title,
    workerType,
    state,
    workDir,
    config,
    createdAt,
    updatedAt,
    epoch,
    lastSeq,
    turn,
    totals,
  } = record;
  const { env: _, ...visible } = config;
  return {
    id,
    title,
    worker_type: workerType,
    state,
    work_dir: workDir,
    config: visible,
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
    epoch,
    last_seq: lastSeq,
    turn: turn ? { id: turn.id, first_seq: turn.firstSeq } : null,
    totals,
    pending: pending.length,
    queued: queue.length,
    terminal_command: terminalCommand,
  };
}
