import type { SessionState } from '@hotplex/aep-protocol';
import type { Logger } from '../../ground/logger.ts';
import { type InputRow, selectInputs, toInputRecord } from '../rows/input-row.ts';
import { type InteractionRow, selectInteractions, toInteractionRecord } from '../rows/interaction-row.ts';
import { type SessionRow, selectSessions, toSessionRecord } from '../rows/session-row.ts';
import { selectWorker, toWorkerRecord, type WorkerRow } from '../rows/worker-row.ts';
import type { SessionQueries } from '../session-reads.ts';
import type { AgentConversation, EventRecord, SessionQuery, SessionRecord } from '../store.ts';
import type { PostgresAccess, Value } from './postgres-access.ts';

/** The ids of sessions in which something is left to do; of some that are deleted, too. */
export const unfinishedIds = `select id from sessions where state = 'running'
  union select session_id from inputs where status = 'queued'
  union select session_id from workers`;

const selectEvents = 'select seq, id, type, turn_id as "turnId", timestamp, data from events';

/** The reading half of the session store on PostgreSQL: one statement per call. */
export function createSessionQueries(access: PostgresAccess, logger: Logger): SessionQueries {
  const all = <Row>(text: string, ...values: Value[]) => access.read<Row>({ text, values });
  const inputs = (rest: string, ...values: Value[]) =>
    all<InputRow>(`${selectInputs} where ${rest}`, ...values).map(toInputRecord);
  const interactions = (rest: string, ...values: Value[]) =>
    all<InteractionRow>(`${selectInteractions} where ${rest}`, ...values).map(toInteractionRecord);

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
    const { text, values } = listStatement(query);
    const rows = all<SessionRow>(text, ...values);
    const records = rows.flatMap(readable);
    const last = rows.at(-1);
    if (!last || rows.length < query.limit || records.length === query.limit) return records;
    return [...records, ...list({ ...query, limit: query.limit - records.length, before: last })];
  }

  return {
    find(id) {
      const [row] = all<SessionRow>(`${selectSessions} where id = $1`, id);
      return row && toSessionRecord(row);
    },
    list,
    agentConversation(workerType, nativeSessionId) {
      const text = `select c.owner_id as "ownerId", s.id as "sessionId" from agent_conversations as c
        left join sessions as s on s.id = c.session_id and s.native_session_id = c.native_id and s.state <> 'deleted'
        where c.worker_type = $1 and c.native_id = $2`;
      return all<AgentConversation>(text, workerType, nativeSessionId)[0];
    },
    countByState() {
      const text = 'select state, count(*) as count from sessions group by state';
      const rows = all<{ state: SessionState; count: number }>(text);
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
    events: (sessionId, after, limit) =>
      all(
        `${selectEvents} where session_id = $1 and seq > $2 order by seq limit $3`,
        sessionId,
        after,
        limit,
      ),
    eventsBefore: (sessionId, before, limit) =>
      all<EventRecord>(
        `${selectEvents} where session_id = $1 and seq < $2 order by seq desc limit $3`,
        sessionId,
        before,
        limit,
      ).toReversed(),
    oldestSeq(sessionId) {
      const text = `select coalesce(
        (select min(seq) from events where session_id = $1),
        (select last_seq + 1 from sessions where id = $1),
        1) as seq`;
      return all<{ seq: number }>(text, sessionId)[0]?.seq ?? 1;
    },
    input: (sessionId, inputId) => inputs('session_id = $1 and input_id = $2', sessionId, inputId)[0],
    inputs: (sessionId, statuses) =>
      inputs('session_id = $1 and status = any ($2::text[]) order by position', sessionId, statuses),
    interaction: (sessionId, id) => interactions('session_id = $1 and id = $2', sessionId, id)[0],
    openInteractions: (sessionId) =>
      interactions(`session_id = $1 and status = 'open' order by position`, sessionId),
    resolvedInteractions: (sessionId, turnId) =>
      interactions(
        `session_id = $1 and turn_id is not distinct from $2 and status = 'resolved' order by position`,
        sessionId,
        turnId,
      ),
    worker(sessionId) {
      const [row] = all<WorkerRow>(`${selectWorker} where session_id = $1`, sessionId);
      return row && toWorkerRecord(row);
    },
    unfinished: () =>
      all<SessionRow>(`${selectSessions} where state <> 'deleted' and id in (${unfinishedIds})`).flatMap(
        readable,
      ),
    untouchedSince(time, limit) {
      const text = `select id from sessions where state = 'deleted' or (state <> 'running' and updated_at < $1)
        order by updated_at, id limit $2`;
      return all<{ id: string }>(text, time, limit).map(({ id }) => id);
    },
  };
}

/** A statement of its own for each set of conditions, so that each has its plan. */
function listStatement(query: SessionQuery): { text: string; values: Value[] } {
  const values: Value[] = [];
  const place = (value: Value) => {
    values.push(value);
    return `$${values.length}`;
  };
  const { ownerId, botId, workerType, state, isArchived, text, before, limit } = query;
  const inText = (words: string) =>
    `(${['id', 'owner_id', 'work_dir'].map((column) => `strpos(${column}, ${words}) > 0`).join(' or ')})`;
  const conditions = [
    ownerId !== undefined && `owner_id = ${place(ownerId)}`,
    botId !== undefined && `(bot_id is null or bot_id = ${place(botId)})`,
    workerType !== undefined && `worker_type = ${place(workerType)}`,
    state !== undefined && `state = ${place(state)}`,
    isArchived !== undefined && `is_archived = ${place(Number(isArchived))}`,
    text !== undefined && inText(place(text)),
    before !== undefined && `(updated_at, id) < (${place(before.updatedAt)}, ${place(before.id)})`,
  ].filter((condition) => condition !== false);
  const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
  return {
    text: `${selectSessions}${where} order by updated_at desc, id desc limit ${place(limit)}`,
    values,
  };
}
