import { type InputRow, toInputRow } from '../rows/input-row.ts';
import { type InteractionRow, toInteractionRow } from '../rows/interaction-row.ts';
import { type SessionRow, toSessionRow } from '../rows/session-row.ts';
import { toWorkerChangeRow, type WorkerChangeRow } from '../rows/worker-row.ts';
import type { EventRecord } from '../store.ts';
import type { AppendPart, Place } from './append-part.ts';
import { type ColumnTypes, columnList, excludedList, givenRows } from './given-rows.ts';
import { lastSeqOf, type Step } from './step.ts';

type Of<Row> = { sessionId: string } & Row;

const sessionTypes: ColumnTypes<Omit<SessionRow, 'config'>> = {
  ...{ id: 'text', ownerId: 'text', botId: 'text', workerType: 'text', clientKey: 'text', title: 'text' },
  ...{ isNamed: 'bigint', isArchived: 'bigint', workDir: 'text', state: 'text', nativeSessionId: 'text' },
  ...{ forkOf: 'text', epoch: 'text', lastSeq: 'bigint', turnId: 'text', turnFirstSeq: 'bigint' },
  ...{ totals: 'text', createdAt: 'bigint', updatedAt: 'bigint' },
};
const eventTypes: ColumnTypes<Of<EventRecord>> = {
  ...{ sessionId: 'text', seq: 'bigint', id: 'text', type: 'text', turnId: 'text', timestamp: 'bigint' },
  data: 'text',
};
const inputTypes: ColumnTypes<Of<InputRow>> = {
  ...{ sessionId: 'text', inputId: 'text', bodyHash: 'text', content: 'text', parts: 'text', author: 'text' },
  ...{ delivery: 'text', status: 'text', turnId: 'text', createdAt: 'bigint', notBefore: 'bigint' },
};
const interactionTypes: ColumnTypes<Of<InteractionRow>> = {
  ...{ sessionId: 'text', id: 'text', kind: 'text', turnId: 'text', request: 'text', status: 'text' },
  ...{ resolution: 'text', answer: 'text', resolvedAt: 'bigint', deadlineAt: 'bigint', createdAt: 'bigint' },
};
const workerTypes: ColumnTypes<Of<Omit<WorkerChangeRow, 'offset'> & { digested: number }>> = {
  ...{ sessionId: 'text', process: 'text', digested: 'bigint', turnId: 'text' },
};
const configTypes: ColumnTypes<{ sessionId: string; config: string }> = { sessionId: 'text', config: 'text' };
const memoryTypes: ColumnTypes<{ sessionId: string; memory: string }> = { sessionId: 'text', memory: 'text' };
const copyTypes: ColumnTypes<{ sessionId: string; source: string; last: number }> = {
  ...{ sessionId: 'text', source: 'text', last: 'bigint' },
};

/** Makes the sessions that are new, of those that `isAllowed` lets through. */
export function madeSessions(place: Place, steps: readonly Step[], isAllowed: string): string {
  const rows = steps.flatMap(({ made, ...step }) => {
    if (!made) return [];
    const lastSeq = lastSeqOf({ made, ...step }) ?? 0;
    const { config: _, ...row } = toSessionRow({
      ...made.record,
      ...step.session,
      lastSeq,
      updatedAt: step.now,
    });
    return [row];
  });
  return `insert into sessions (${columnList(sessionTypes)})
    select ${columnList(sessionTypes)} from ${givenRows(place, rows, sessionTypes)} where ${isAllowed}
    on conflict do nothing returning id as session_id`;
}

/** The rows that belong to sessions, as the parts of the statement that stores steps; those that have nothing are left out. */
export function stepParts(steps: readonly Step[]): AppendPart[] {
  const of = <T, Row>(values: Iterable<T>, { sessionId }: Step, toRow: (value: T) => Row) =>
    [...values].map((value) => ({ sessionId, ...toRow(value) }));
  const copies = steps.flatMap(({ sessionId, made }) =>
    made?.from ? [{ sessionId, source: made.from, last: made.record.lastSeq }] : [],
  );
  const events = steps.flatMap((step) => of(step.events, step, (event) => event));
  const inputs = steps.flatMap((step) => of(step.inputs.values(), step, toInputRow));
  const interactions = steps.flatMap((step) => of(step.interactions.values(), step, toInteractionRow));
  const configs = steps.flatMap(({ sessionId, session, made }) => {
    const config = session.config ?? made?.record.config;
    return config ? [{ sessionId, config: JSON.stringify(config) }] : [];
  });
  const workers = steps.flatMap(({ sessionId, worker }) => {
    if (!worker) return [];
    const { offset, ...row } = toWorkerChangeRow(worker);
    return [{ sessionId, ...row, digested: offset }];
  });
  const memories = steps.flatMap(({ sessionId, worker }) =>
    worker?.memory === undefined ? [] : [{ sessionId, memory: worker.memory }],
  );
  const ended = steps.flatMap(({ sessionId, worker }) => (worker === null ? [sessionId] : []));
  return [
    ...(copies.length > 0 ? [copied(copies)] : []),
    ...saved('logged', 'events', events, eventTypes),
    ...saved('asked', 'inputs', inputs, inputTypes, 'session_id, input_id'),
    ...saved('raised', 'interactions', interactions, interactionTypes, 'session_id, id'),
    ...saved('configured', 'session_configs', configs, configTypes, 'session_id'),
    ...saved('working', 'workers', workers, workerTypes, 'session_id'),
    ...saved('remembered', 'worker_memories', memories, memoryTypes, 'session_id'),
    ...(ended.length > 0 ? [withoutWorker(ended)] : []),
  ];
}

/** Inserts rows, or replaces those with the same key if one is named. */
function saved<Row extends Record<keyof Row, string | number | null>>(
  name: string,
  table: string,
  rows: readonly Row[],
  types: ColumnTypes<Row>,
  key?: string,
): AppendPart[] {
  if (rows.length === 0) return [];
  const replaced = key === undefined ? '' : ` on conflict (${key}) do update set ${excludedList(types)}`;
  return [
    (place) => [
      `${name} as (insert into ${table} (${columnList(types)})
        select ${columnList(types)} from ${givenRows(place, rows, types)} join stored using (session_id)
        order by nth${replaced})`,
    ],
  ];
}

function copied(rows: readonly { sessionId: string; source: string; last: number }[]): AppendPart {
  return (place) => [
    `copied as (insert into events (${columnList(eventTypes)})
      select given.session_id, seq, id, type, turn_id, timestamp, data
      from ${givenRows(place, rows, copyTypes)} join stored using (session_id)
        join events on events.session_id = source and seq <= last)`,
  ];
}

function withoutWorker(sessions: readonly string[]): AppendPart {
  return (place) => [
    `ended as (delete from workers where session_id = any (${place(sessions)}::text[])
      and session_id in (select session_id from stored))`,
  ];
}
