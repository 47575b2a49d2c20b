import type { SessionStore } from '../store.ts';
import type { PostgresAccess } from './postgres-access.ts';

/** Removed in this order; the rest goes with the session itself. */
const tables = ['passages', 'events', 'inputs', 'interactions'] as const;

const isDeleted = `exists (select from sessions where id = $1 and state = 'deleted')`;

/** So many of the rows that are left, table by table; the session itself once that was all. */
const removed = tables.map(
  (table, index) => `${table}_removed as (delete from ${table} where ctid = any (array(
    select ctid from ${table} where session_id = $1 and ${isDeleted}
    limit greatest(0, $2 - ${['0', ...tables.slice(0, index).map((before) => `(select count(*) from ${before}_removed)`)].join(' - ')})
  )) returning 1)`,
);
const count = tables.map((table) => `(select count(*) from ${table}_removed)`).join(' + ');
const text = `with ${removed.join(', ')},
  gone as (delete from sessions where id = $1 and state = 'deleted' and ${count} < $2 returning 1),
  ownerless as (delete from session_owners where session_id = $1 and exists (select from gone))
  select ${isDeleted} and not exists (select from gone) as "isLeft"`;

/** First the owner, as whoever writes to it does; then each statement sees what those before it have left. */
const locks = [
  'select from session_owners where session_id = $1 for update',
  'select from sessions where id = $1 for update',
];

/** Removes a deleted session in transactions that are over before anybody notices. */
export function createRemovePart(access: PostgresAccess): SessionStore['removePart'] {
  return (sessionId, rows) => {
    const results = access.write<{ isLeft: boolean }>([
      ...locks.map((lock) => ({ text: lock, values: [sessionId] })),
      { text, values: [sessionId, rows] },
    ]);
    return results.at(-1)?.[0]?.isLeft !== true;
  };
}
