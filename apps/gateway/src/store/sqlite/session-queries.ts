import type { EventRecord, SessionQuery, SessionStore } from '../store.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';
import { type InputRow, selectInputs, toInputRecord } from './input-row.ts';
import { type InteractionRow, selectInteractions, toInteractionRecord } from './interaction-row.ts';
import { type SessionRow, selectSessions, toSessionRecord } from './session-row.ts';

type SessionQueries = Pick<
  SessionStore,
  'find' | 'list' | 'events' | 'oldestSeq' | 'input' | 'inputs' | 'interaction' | 'openInteractions'
>;

/** The reading half of the session store on SQLite. */
export function createSessionQueries(connection: SqliteConnection, access: DatabaseAccess): SessionQueries {
  const find = connection.prepare<[string], SessionRow>(`${selectSessions} where id = ?`);
  const events = connection.prepare<[string, number, number], EventRecord>(
    `select seq, id, type, turn_id as turnId, timestamp, data from events
     where session_id = ? and seq > ? order by seq limit ?`,
  );
  const oldestSeq = connection
    .prepare<{ id: string }, number>(
      `select coalesce(
         (select min(seq) from events where session_id = :id),
         (select last_seq + 1 from sessions where id = :id),
         1)`,
    )
    .pluck();
  const input = connection.prepare<[string, string], InputRow>(
    `${selectInputs} where session_id = ? and input_id = ?`,
  );
  const inputs = connection.prepare<[string, string], InputRow>(
    `${selectInputs} where session_id = ? and status in (select value from json_each(?)) order by position`,
  );
  const interaction = connection.prepare<[string, string], InteractionRow>(
    `${selectInteractions} where session_id = ? and id = ?`,
  );
  const openInteractions = connection.prepare<[string], InteractionRow>(
    `${selectInteractions} where session_id = ? and status = 'open' order by position`,
  );
  const lists = new Map<string, ReturnType<typeof prepareList>>();
  const prepareList = (conditions: string) =>
    connection.prepare<Record<string, string | number | undefined>, SessionRow>(
      `${selectSessions} where ${conditions} order by updated_at desc, id desc limit :limit`,
    );

  function list(query: SessionQuery) {
    const { ownerId, state, before, limit } = query;
    const conditions = [
      ownerId === undefined ? 'true' : 'owner_id = :ownerId',
      state === undefined ? 'true' : 'state = :state',
      before === undefined ? 'true' : '(updated_at, id) < (:updatedAt, :id)',
    ].join(' and ');
    const statement = lists.get(conditions) ?? prepareList(conditions);
    lists.set(conditions, statement);
    return statement.all({ ownerId, state, limit, ...before }).map(toSessionRecord);
  }

  return {
    find: (id) =>
      access.read(() => {
        const row = find.get(id);
        return row && toSessionRecord(row);
      }),
    list: (query) => access.read(() => list(query)),
    events: (sessionId, after, limit) => access.read(() => events.all(sessionId, after, limit)),
    oldestSeq: (id) => access.read(() => oldestSeq.get({ id }) ?? 1),
    input: (sessionId, inputId) =>
      access.read(() => {
        const row = input.get(sessionId, inputId);
        return row && toInputRecord(row);
      }),
    inputs: (sessionId, statuses) =>
      access.read(() => inputs.all(sessionId, JSON.stringify(statuses)).map(toInputRecord)),
    interaction: (sessionId, id) =>
      access.read(() => {
        const row = interaction.get(sessionId, id);
        return row && toInteractionRecord(row);
      }),
    openInteractions: (sessionId) =>
      access.read(() => openInteractions.all(sessionId).map(toInteractionRecord)),
  };
}
