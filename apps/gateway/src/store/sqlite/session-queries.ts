import type { SessionState } from '@hotplex/aep-protocol';
import type { Logger } from '../../ground/logger.ts';
import { type InputRow, selectInputs, toInputRecord } from '../rows/input-row.ts';
import { type InteractionRow, selectInteractions, toInteractionRecord } from '../rows/interaction-row.ts';
import { type SessionRow, selectSessions, toSessionRecord } from '../rows/session-row.ts';
import { selectWorker, toWorkerRecord, type WorkerRow } from '../rows/worker-row.ts';
import type { SessionQueries } from '../session-reads.ts';
import type { AgentConversation, EventRecord, SessionQuery, SessionRecord } from '../store.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';

/** The reading half of the session store on SQLite. */
export function createSessionQueries(
  connection: SqliteConnection,
  access: DatabaseAccess,
  logger: Logger,
): SessionQueries {
  const find = connection.prepare<[string], SessionRow>(`${selectSessions} where id = ?`);
  const events = connection.prepare<[string, number, number], EventRecord>(
    `select seq, id, type, turn_id as turnId, timestamp, data from events
     where session_id = ? and seq > ? order by seq limit ?`,
  );
  const eventsBefore = connection.prepare<[string, number, number], EventRecord>(
    `select * from (select seq, id, type, turn_id as turnId, timestamp, data from events
     where session_id = ? and seq < ? order by seq desc limit ?) order by seq`,
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
  const resolvedInteractions = connection.prepare<[string, string | null], InteractionRow>(
    `${selectInteractions} where session_id = ? and turn_id is ? and status = 'resolved' order by position`,
  );
  const worker = connection.prepare<[string], WorkerRow>(`${selectWorker} where session_id = ?`);
  const unfinished = connection.prepare<[], SessionRow>(
    `${selectSessions} where state <> 'deleted' and id in (
       select id from sessions where state = 'running'
       union select session_id from inputs where status = 'queued'
       union select session_id from workers)`,
  );
  const agentConversation = connection.prepare<[string, string], AgentConversation>(
    `select c.owner_id as ownerId, s.id as sessionId from agent_conversations as c
     left join sessions as s on s.id = c.session_id and s.native_session_id = c.native_id and s.state <> 'deleted'
     where c.worker_type = ? and c.native_id = ?`,
  );
  const countByState = connection.prepare<[], { state: SessionState; count: number }>(
    'select state, count(*) as count from sessions group by state',
  );
  const untouchedSince = connection
    .prepare<[number, number], string>(
      `select id from sessions where state = 'deleted' or (state <> 'running' and updated_at < ?)
       order by updated_at, id limit ?`,
    )
    .pluck();
  const lists = new Map<string, ReturnType<typeof prepareList>>();
  const prepareList = (conditions: string) =>
    connection.prepare<Record<string, string | number | undefined>, SessionRow>(
      `${selectSessions} where ${conditions} order by updated_at desc, id desc limit :limit`,
    );

  /** A session that cannot be read is left out: it is no reason for the others not to be there (G9). */
  function readable(row: SessionRow): SessionRecord[] {
    try {
      return [toSessionRecord(row)];
    } catch (error) {
      logger.error({ session: row.id, error: String(error) }, 'a session cannot be read');
      return [];
    }
  }

  function list(query: SessionQuery): SessionRecord[] {
    const { ownerId, botId, workerType, state, isArchived, text, before, limit } = query;
    const conditions = [
      ownerId === undefined ? 'true' : 'owner_id = :ownerId',
      botId === undefined ? 'true' : '(bot_id is null or bot_id = :botId)',
      workerType === undefined ? 'true' : 'worker_type = :workerType',
      state === undefined ? 'true' : 'state = :state',
      isArchived === undefined ? 'true' : 'is_archived = :isArchived',
      text === undefined
        ? 'true'
        : '(instr(id, :text) > 0 or instr(owner_id, :text) > 0 or instr(work_dir, :text) > 0)',
      before === undefined ? 'true' : '(updated_at, id) < (:updatedAt, :id)',
    ].join(' and ');
    const statement = lists.get(conditions) ?? prepareList(conditions);
    lists.set(conditions, statement);
    const rows = statement.all({
      ownerId,
      botId,
      workerType,
      state,
      isArchived: isArchived === undefined ? undefined : Number(isArchived),
      text,
      limit,
      updatedAt: before?.updatedAt,
      id: before?.id,
    });
    const records = rows.flatMap(readable);
    const last = rows.at(-1);
    if (!last || rows.length < limit || records.length === limit) return records;
    return [...records, ...list({ ...query, limit: limit - records.length, before: last })];
  }

  return {
    find: (id) =>
      access.read(() => {
        const row = find.get(id);
        return row && toSessionRecord(row);
      }),
    list: (query) => access.read(() => list(query)),
    agentConversation: (workerType, nativeSessionId) =>
      access.read(() => agentConversation.get(workerType, nativeSessionId)),
    countByState: () =>
      access.read(() => Object.fromEntries(countByState.all().map(({ state, count }) => [state, count]))),
    events: (sessionId, after, limit) => access.read(() => events.all(sessionId, after, limit)),
    eventsBefore: (sessionId, before, limit) => access.read(() => eventsBefore.all(sessionId, before, limit)),
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
    resolvedInteractions: (sessionId, turnId) =>
      access.read(() => resolvedInteractions.all(sessionId, turnId).map(toInteractionRecord)),
    worker: (sessionId) =>
      access.read(() => {
        const row = worker.get(sessionId);
        return row && toWorkerRecord(row);
      }),
    unfinished: () => access.read(() => unfinished.all().flatMap(readable)),
    untouchedSince: (time, limit) => access.read(() => untouchedSince.all(time, limit)),
  };
}
