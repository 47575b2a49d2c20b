import type { SessionRecord, SessionStore } from '../store.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';

/** Whose a session is that is not whole yet: it is in nobody's list. */
const nobody = '';

type LogCopiesOptions = {
  access: DatabaseAccess;
  /** Writes the rows of a session without its log. */
  insert(record: SessionRecord): void;
};

/** Copies of logs that are made part by part. Until one is whole its session stands as deleted, and what a crash leaves is found as such. */
export function createLogCopies(connection: SqliteConnection, { access, insert }: LogCopiesOptions) {
  const copyEvents = connection.prepare<{ from: string; to: string; after: number; last: number }>(
    `insert into events (session_id, seq, id, type, turn_id, timestamp, data)
     select :to, seq, id, type, turn_id, timestamp, data from events
     where session_id = :from and seq > :after and seq <= :last`,
  );
  const first = connection
    .prepare<[string], number | null>('select min(seq) from events where session_id = ?')
    .pluck();
  const last = connection
    .prepare<[string], number | null>('select max(seq) from events where session_id = ?')
    .pluck();
  const show = connection.prepare<Pick<SessionRecord, 'id' | 'ownerId' | 'state'>>(
    'update sessions set owner_id = :ownerId, state = :state where id = :id',
  );
  /** The sessions that are not whole yet. */
  const begun = new Set<string>();

  /** The number after which the copy goes on; undefined where there is no log. */
  function copiedTo(to: string, from: string): number | undefined {
    if (begun.has(to)) return last.get(to) ?? undefined;
    const oldest = first.get(from) ?? undefined;
    return oldest === undefined ? undefined : oldest - 1;
  }

  const copyPart: Required<SessionStore>['copyPart'] = (record, from, rows) => {
    const { id, lastSeq } = record;
    const after = access.read(() => copiedTo(id, from));
    if (after === undefined || lastSeq - after <= rows) return true;
    access.write(() => {
      if (!begun.has(id)) insert({ ...record, ownerId: nobody, state: 'deleted' });
      copyEvents.run({ from, to: id, after, last: after + rows });
    });
    begun.add(id);
    return false;
  };

  return {
    copyPart,
    /** Makes the session with what its copy lacks. Callers bring the transaction. */
    finish(record: SessionRecord, from: string): void {
      const { id, ownerId, state, lastSeq } = record;
      const after = (begun.has(id) && last.get(id)) || 0;
      if (begun.has(id)) show.run({ id, ownerId, state });
      else insert(record);
      copyEvents.run({ from, to: id, after, last: lastSeq });
    },
    /** It is whole, and like any other. */
    finished: (id: string) => void begun.delete(id),
    isBegun: (id: string) => begun.has(id),
  };
}
