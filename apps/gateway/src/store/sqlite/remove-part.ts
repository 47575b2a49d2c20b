import type { SessionStore } from '../store.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';

/** Taking one passage out of the index costs as much as so many rows of a log. */
const rowsOfPassage = 50;

type RemovePartOptions = {
  connection: SqliteConnection;
  access: DatabaseAccess;
  /** Told when the last row of a session is gone. */
  onRemoved(): void;
};

/** Removes a deleted session in transactions that are over before anybody notices. */
export function createRemovePart({
  connection,
  access,
  onRemoved,
}: RemovePartOptions): SessionStore['removePart'] {
  const isDeleted = connection
    .prepare<[string], number>(`select 1 from sessions where id = ? and state = 'deleted'`)
    .pluck();
  const parts = (['passages', 'events', 'inputs', 'interactions'] as const).map((table) => ({
    cost: table === 'passages' ? rowsOfPassage : 1,
    remove: connection.prepare<[string, number]>(`delete from ${table} where session_id = ? limit ?`),
  }));
  const removeSession = connection.prepare<[string]>('delete from sessions where id = ?');
  /** What is left after a part was removed; undefined if there was nothing to remove. */
  function removeSome(sessionId: string, rows: number): 'some' | 'nothing' | undefined {
    if (isDeleted.get(sessionId) === undefined) return undefined;
    let left = rows;
    for (const { cost, remove } of parts) {
      left -= remove.run(sessionId, Math.ceil(left / cost)).changes * cost;
      if (left <= 0) return 'some';
    }
    removeSession.run(sessionId);
    return 'nothing';
  }

  return (sessionId, rows) => {
    const left = access.write(() => removeSome(sessionId, rows));
    if (left === 'nothing') onRemoved();
    return left !== 'some';
  };
}
