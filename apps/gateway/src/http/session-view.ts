import type { Session } from '../session/session.ts';

/** A session as the HTTP API shows it. */
export function toSessionView(session: Session) {
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
  } = session.record;
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
    pending: session.pending.length,
    queued: session.queue.length,
  };
}
