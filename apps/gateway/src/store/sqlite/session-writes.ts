import { followingSeq } from '../following-seq.ts';
import { missingSession } from '../missing-session.ts';
import { type InputRow, toInputRow } from '../rows/input-row.ts';
import { type InteractionRow, toInteractionRow } from '../rows/interaction-row.ts';
import { type SessionRow, toChangedColumns, toSessionRow } from '../rows/session-row.ts';
import { toWorkerChangeRow } from '../rows/worker-row.ts';
import type { Commit, SessionRecord, SessionStore } from '../store.ts';
import type { AuditTable } from './audit-table.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';
import type { DatabaseLog } from './database-log.ts';
import type { HookTable } from './hook-table.ts';
import { createLogCopies } from './log-copies.ts';
import type { UsageTable } from './usage-table.ts';

type SessionWrites = Pick<SessionStore, 'create' | 'copyPart' | 'fork' | 'commit' | 'remove'> & {
  /** Whether the session is a copy that is not whole yet. */
  isBegun(sessionId: string): boolean;
};
type Of<Row> = Row & { sessionId: string };
type WritesOptions = {
  access: DatabaseAccess;
  audit: Pick<AuditTable, 'append'>;
  usage: Pick<UsageTable, 'add'>;
  hooks: Pick<HookTable, 'append'>;
  log: Pick<DatabaseLog, 'empty'>;
};

/** The writing half of the session store on SQLite: one transaction per call. */
export function createSessionWrites(
  connection: SqliteConnection,
  { access, audit, usage, hooks, log }: WritesOptions,
): SessionWrites {
  const insertSession = connection.prepare<SessionRow>(
    `insert into sessions (id, owner_id, bot_id, worker_type, client_key, title, is_named, is_archived, work_dir, state, native_session_id,
       fork_of, epoch, last_seq, turn_id, turn_first_seq, totals, created_at, updated_at)
     values (:id, :ownerId, :botId, :workerType, :clientKey, :title, :isNamed, :isArchived, :workDir, :state, :nativeSessionId,
       :forkOf, :epoch, :lastSeq, :turnId, :turnFirstSeq, :totals, :createdAt, :updatedAt)`,
  );
  const saveConfig = connection.prepare<[string, string]>(
    'insert or replace into session_configs values (?, ?)',
  );
  const standing = connection.prepare<[string], Pick<SessionRecord, 'lastSeq' | 'updatedAt'>>(
    'select last_seq as lastSeq, updated_at as updatedAt from sessions where id = ?',
  );
  /** Nothing but the number changes, if the session stands as it is said to. */
  const count = connection.prepare<[nextSeq: number, id: string, lastSeq: number, updatedAt: number]>(
    'update sessions set last_seq = ? where id = ? and last_seq = ? and updated_at = ?',
  );
  const insertEvent = connection.prepare<[string, number, string, string, string | null, number, string]>(
    'insert into events values (?, ?, ?, ?, ?, ?, ?)',
  );
  const saveInput = connection.prepare<Of<InputRow>>(
    `insert into inputs (session_id, input_id, body_hash, content, parts, author, delivery, status, turn_id, created_at,
       not_before)
     values (:sessionId, :inputId, :bodyHash, :content, :parts, :author, :delivery, :status, :turnId, :createdAt,
       :notBefore)
     on conflict (session_id, input_id) do update set body_hash = excluded.body_hash, content = excluded.content,
       parts = excluded.parts, author = excluded.author, delivery = excluded.delivery, status = excluded.status,
       turn_id = excluded.turn_id, created_at = excluded.created_at, not_before = excluded.not_before`,
  );
  const saveInteraction = connection.prepare<Of<InteractionRow>>(
    `insert into interactions (session_id, id, kind, turn_id, request, status, resolution, answer, deadline_at, created_at,
       resolved_at)
     values (:sessionId, :id, :kind, :turnId, :request, :status, :resolution, :answer, :deadlineAt, :createdAt,
       :resolvedAt)
     on conflict (session_id, id) do update set kind = excluded.kind, turn_id = excluded.turn_id,
       request = excluded.request, status = excluded.status, resolution = excluded.resolution,
       answer = excluded.answer, deadline_at = excluded.deadline_at, created_at = excluded.created_at,
       resolved_at = excluded.resolved_at`,
  );
  const saveWorker = connection.prepare<
    [id: string, process: string, digested: number, turnId: string | null]
  >(
    `insert into workers (session_id, process, digested, turn_id) values (?, ?, ?, ?)
     on conflict (session_id) do update set process = excluded.process, digested = excluded.digested,
       turn_id = excluded.turn_id`,
  );
  const saveMemory = connection.prepare<[string, string]>(
    'insert or replace into worker_memories values (?, ?)',
  );
  const deleteWorker = connection.prepare<[string]>('delete from workers where session_id = ?');
  const deleteSession = connection.prepare<[string]>('delete from sessions where id = ?');

  const updates = new Map<string, ReturnType<typeof prepareUpdate>>();
  const prepareUpdate = (columns: string) =>
    connection.prepare<Record<string, string | number | null>>(
      `update sessions set ${columns} where id = :id`,
    );

  /** One prepared statement for each set of columns that change together. */
  function update(id: string, changes: Record<string, string | number | null>): void {
    const columns = Object.keys(changes)
      .map((column) => `${column} = :${column}`)
      .join(', ');
    const statement = updates.get(columns) ?? prepareUpdate(columns);
    updates.set(columns, statement);
    statement.run({ ...changes, id });
  }

  /** Whether an agent only went on talking, which is written then: most of what is ever written is that. */
  function goOn(
    sessionId: string,
    { events: [first, ...more] = [], session = {} }: Commit,
    now: number,
  ): boolean {
    if (!first || Object.keys(session).length > 0) return false;
    const nextSeq = followingSeq(sessionId, first.seq, more);
    return count.run(nextSeq, sessionId, first.seq - 1, now).changes === 1;
  }

  function change(sessionId: string, { events, session = {} }: Commit, now: number): void {
    const before = standing.get(sessionId);
    if (before === undefined) throw missingSession(sessionId);
    const nextSeq = followingSeq(sessionId, before.lastSeq, events);
    // NOTE: SQLite writes the index of a column that is set, also to what it was.
    const moved = now !== before.updatedAt && { updated_at: now };
    update(sessionId, { last_seq: nextSeq, ...moved, ...toChangedColumns(session) });
    if (session.config !== undefined) saveConfig.run(sessionId, JSON.stringify(session.config));
  }

  function apply(sessionId: string, commit: Commit, now: number): void {
    const { events = [], inputs = [], interactions = [], worker } = commit;
    if (!goOn(sessionId, commit, now)) change(sessionId, commit, now);
    for (const { seq, id, type, turnId, timestamp, data } of events) {
      insertEvent.run(sessionId, seq, id, type, turnId, timestamp, data);
    }
    for (const input of inputs) saveInput.run({ ...toInputRow(input), sessionId });
    for (const interaction of interactions)
      saveInteraction.run({ ...toInteractionRow(interaction), sessionId });
    for (const entry of commit.audit ?? []) audit.append(entry, now);
    if (commit.usage) usage.add(commit.usage, now);
    for (const delivery of commit.deliveries ?? []) hooks.append(delivery, now);
    if (worker === null) deleteWorker.run(sessionId);
    else if (worker) {
      const { process, offset, turnId } = toWorkerChangeRow(worker);
      saveWorker.run(sessionId, process, offset, turnId);
      if (worker.memory !== undefined) saveMemory.run(sessionId, worker.memory);
    }
  }

  function insert(record: SessionRecord): void {
    const row = toSessionRow(record);
    insertSession.run(row);
    saveConfig.run(record.id, row.config);
  }

  const copies = createLogCopies(connection, { access, insert });

  return {
    copyPart: copies.copyPart,
    isBegun: copies.isBegun,
    create(record, commit) {
      access.write(() => {
        insert(record);
        if (commit) apply(record.id, commit, record.updatedAt);
      });
    },
    fork(record, from, commit) {
      access.write(() => {
        copies.finish(record, from);
        apply(record.id, commit, record.updatedAt);
      });
      copies.finished(record.id);
    },
    commit: (sessionId, commit, now) => access.write(() => apply(sessionId, commit, now)),
    remove(sessionId) {
      access.write(() => deleteSession.run(sessionId));
      log.empty();
    },
  };
}
