import type { InputStatus } from '@hotplex/aep-protocol';
import type Database from 'better-sqlite3';
import { openDatabase } from './open-database.ts';
import {
  type JsonRow,
  type SessionRow,
  toInputRecord,
  toInteractionRecord,
  toSessionRecord,
  toSessionRow,
} from './rows.ts';
import { requireNextSeq, toStorageError } from './storage-error.ts';
import type {
  Commit,
  CredentialStore,
  EventRecord,
  RefreshRecord,
  SessionQuery,
  SessionRecord,
  SessionStore,
} from './store.ts';

/** The embedded store: one SQLite file beside the gateway. `maxPages` bounds the file, in pages of 4 KiB. */
export async function openSqliteStore({
  path,
  maxPages,
}: {
  path: string;
  maxPages?: number;
}): Promise<SessionStore & CredentialStore> {
  const database = await openDatabase(path);
  if (maxPages !== undefined) database.pragma(`max_page_count = ${maxPages}`);
  return new SqliteStore(database);
}

function statements(db: Database.Database) {
  const columns = [
    ...['id', 'owner_id', 'bot_id', 'worker_type', 'client_key', 'title', 'work_dir', 'state', 'config'],
    ...['native_session_id', 'epoch', 'last_seq', 'turn', 'totals', 'created_at', 'updated_at'],
  ];
  const eventColumns = 'seq, id, type, turn_id AS turnId, timestamp, data';
  return {
    insert: db.prepare<SessionRow>(
      `INSERT INTO sessions (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
    ),
    update: db.prepare<SessionRow>(
      `UPDATE sessions SET ${columns
        .slice(1)
        .map((name) => `${name} = @${name}`)
        .join(', ')} WHERE id = @id`,
    ),
    advance: db.prepare<[number, number, string]>(
      'UPDATE sessions SET last_seq = ?, updated_at = ? WHERE id = ?',
    ),
    find: db.prepare<[string], SessionRow>('SELECT * FROM sessions WHERE id = ?'),
    lastSeq: db.prepare<[string], { last_seq: number }>('SELECT last_seq FROM sessions WHERE id = ?'),
    append: db.prepare(
      'INSERT INTO events (session_id, seq, id, type, turn_id, timestamp, data) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    events: db.prepare<[string, number, number], EventRecord>(
      `SELECT ${eventColumns} FROM events WHERE session_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
    ),
    oldest: db.prepare<[string], { seq: number | null }>(
      'SELECT min(seq) AS seq FROM events WHERE session_id = ?',
    ),
    putInput: db.prepare(
      `INSERT INTO inputs (session_id, input_id, position, status, record)
       VALUES (@session, @id, (SELECT coalesce(max(position), 0) + 1 FROM inputs WHERE session_id = @session), @status, @record)
       ON CONFLICT DO UPDATE SET status = excluded.status, record = excluded.record`,
    ),
    input: db.prepare<[string, string], JsonRow>(
      'SELECT record FROM inputs WHERE session_id = ? AND input_id = ?',
    ),
    inputs: db.prepare<[string, string], JsonRow>(
      'SELECT record FROM inputs WHERE session_id = ? AND status IN (SELECT value FROM json_each(?)) ORDER BY position',
    ),
    putInteraction: db.prepare(
      `INSERT INTO interactions (session_id, id, status, record) VALUES (@session, @id, @status, @record)
       ON CONFLICT DO UPDATE SET status = excluded.status, record = excluded.record`,
    ),
    interaction: db.prepare<[string, string], JsonRow>(
      'SELECT record FROM interactions WHERE session_id = ? AND id = ?',
    ),
    open: db.prepare<[string], JsonRow>(
      "SELECT record FROM interactions WHERE session_id = ? AND status = 'open' ORDER BY rowid",
    ),
    remove: ['events', 'inputs', 'interactions'].map((table) =>
      db.prepare<[string]>(`DELETE FROM ${table} WHERE session_id = ?`),
    ),
    removeSession: db.prepare<[string]>('DELETE FROM sessions WHERE id = ?'),
    saveRefresh: db.prepare<RefreshRecord>(
      'INSERT INTO refresh_tokens (digest, subject, expires_at) VALUES (@digest, @subject, @expiresAt)',
    ),
    takeRefresh: db.prepare<[string], RefreshRecord>(
      'DELETE FROM refresh_tokens WHERE digest = ? RETURNING digest, subject, expires_at AS expiresAt',
    ),
    revoke: db.prepare<[string, number]>(
      'INSERT OR REPLACE INTO revoked_tokens (jti, expires_at) VALUES (?, ?)',
    ),
    revoked: db.prepare<[string]>('SELECT 1 FROM revoked_tokens WHERE jti = ?'),
    sweep: ['refresh_tokens', 'revoked_tokens'].map((table) =>
      db.prepare<[number]>(`DELETE FROM ${table} WHERE expires_at < ?`),
    ),
  };
}

class SqliteStore implements SessionStore, CredentialStore {
  readonly #db: Database.Database;
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#sql = statements(db);
  }

  create(record: SessionRecord, commit: Commit = {}): void {
    this.#write(() => {
      this.#sql.insert.run(toSessionRow(record));
      this.#apply(record.id, commit, record.updatedAt);
    });
  }

  find(id: string): SessionRecord | undefined {
    const row = this.#read(() => this.#sql.find.get(id));
    return row && toSessionRecord(row);
  }

  list({ ownerId, state, limit, before }: SessionQuery): SessionRecord[] {
    const where = [
      ...(ownerId === undefined ? [] : ['owner_id = @ownerId']),
      ...(state === undefined ? [] : ['state = @state']),
      ...(before === undefined ? [] : ['(updated_at, id) < (@updatedAt, @id)']),
    ];
    const filter = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`;
    const query = this.#db.prepare<unknown[], SessionRow>(
      `SELECT * FROM sessions ${filter} ORDER BY updated_at DESC, id DESC LIMIT @limit`,
    );
    return this.#read(() => query.all({ ownerId, state, limit, ...before })).map(toSessionRecord);
  }

  commit(sessionId: string, commit: Commit, now: number): void {
    this.#write(() => this.#apply(sessionId, commit, now));
  }

  events(sessionId: string, after: number, limit: number): EventRecord[] {
    return this.#read(() => this.#sql.events.all(sessionId, after, limit));
  }

  oldestSeq(sessionId: string): number {
    return this.#read(
      () => this.#sql.oldest.get(sessionId)?.seq ?? (this.#sql.lastSeq.get(sessionId)?.last_seq ?? 0) + 1,
    );
  }

  input(sessionId: string, inputId: string) {
    const row = this.#read(() => this.#sql.input.get(sessionId, inputId));
    return row && toInputRecord(row);
  }

  inputs(sessionId: string, statuses: readonly InputStatus[]) {
    return this.#read(() => this.#sql.inputs.all(sessionId, JSON.stringify(statuses))).map(toInputRecord);
  }

  interaction(sessionId: string, id: string) {
    const row = this.#read(() => this.#sql.interaction.get(sessionId, id));
    return row && toInteractionRecord(row);
  }

  openInteractions(sessionId: string) {
    return this.#read(() => this.#sql.open.all(sessionId)).map(toInteractionRecord);
  }

  remove(sessionId: string): void {
    this.#write(() => {
      for (const statement of this.#sql.remove) statement.run(sessionId);
      this.#sql.removeSession.run(sessionId);
    });
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }

  saveRefresh(record: RefreshRecord): void {
    this.#write(() => this.#sql.saveRefresh.run(record));
  }

  takeRefresh(digest: string): RefreshRecord | undefined {
    return this.#write(() => this.#sql.takeRefresh.get(digest));
  }

  revokeToken(jti: string, expiresAt: number): void {
    this.#write(() => this.#sql.revoke.run(jti, expiresAt));
  }

  isRevoked(jti: string): boolean {
    return this.#read(() => this.#sql.revoked.get(jti)) !== undefined;
  }

  sweepCredentials(now: number): void {
    this.#write(() => {
      for (const statement of this.#sql.sweep) statement.run(now);
    });
  }

  close(): void {
    this.#db.close();
  }

  #apply(
    sessionId: string,
    { events = [], session, inputs = [], interactions = [] }: Commit,
    now: number,
  ): void {
    let last = this.#sql.lastSeq.get(sessionId)?.last_seq ?? 0;
    for (const event of events) {
      requireNextSeq(last + 1, event.seq);
      this.#sql.append.run(
        sessionId,
        event.seq,
        event.id,
        event.type,
        event.turnId,
        event.timestamp,
        event.data,
      );
      last = event.seq;
    }
    for (const input of inputs) {
      this.#sql.putInput.run({
        session: sessionId,
        id: input.inputId,
        status: input.status,
        record: JSON.stringify(input),
      });
    }
    for (const row of interactions) {
      this.#sql.putInteraction.run({
        session: sessionId,
        id: row.id,
        status: row.status,
        record: JSON.stringify(row),
      });
    }
    const current = session && Object.keys(session).length > 0 ? this.find(sessionId) : undefined;
    if (current)
      this.#sql.update.run(toSessionRow({ ...current, ...session, lastSeq: last, updatedAt: now }));
    else this.#sql.advance.run(last, now, sessionId);
  }

  #write<T>(work: () => T): T {
    try {
      return this.#db.transaction(work).immediate();
    } catch (error) {
      throw toStorageError(error);
    }
  }

  #read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toStorageError(error);
    }
  }
}
