import type { AuditEntry } from '../../ground/audit.ts';
import { chain, chainStart } from '../audit-chain.ts';
import type { AuditLog, AuditRecord } from '../audit-log.ts';
import { type AuditRow, recordsOfLook, toAuditRecord } from '../rows/audit-row.ts';
import type { SqliteConnection } from './connect-sqlite.ts';

const columns = `position, time, actor, session_id as sessionId, action, decision, reason, rules, input_hash as inputHash,
  previous, hash`;

/** The table `audit` of a database. */
export type AuditTable = {
  /** Within the transaction of what it records. */
  append(entry: AuditEntry, now: number): void;
  after: AuditLog['auditAfter'];
  before: AuditLog['auditBefore'];
};

/** Prepares what a gateway does with the table. */
export function createAuditTable(connection: SqliteConnection): AuditTable {
  const last = connection.prepare<[], Pick<AuditRecord, 'position' | 'hash'>>(
    'select position, hash from audit order by position desc limit 1',
  );
  const insert = connection.prepare<AuditRow>(
    `insert into audit (position, time, actor, session_id, action, decision, reason, rules, input_hash, previous, hash)
     values (:position, :time, :actor, :sessionId, :action, :decision, :reason, :rules, :inputHash, :previous, :hash)`,
  );
  return {
    append(entry, now) {
      const { position, hash } = last.get() ?? { position: 0, hash: chainStart };
      const record = chain(entry, { position: position + 1, time: now, previous: hash });
      insert.run({ ...record, rules: JSON.stringify(record.rules) });
    },
    after: createAuditReader(connection),
    before: createBackwardReader(connection),
  };
}

/** The reading half alone, for a database that is not ours to write to. */
export function createAuditReader(connection: SqliteConnection): AuditTable['after'] {
  const select = connection.prepare<[number, number], AuditRow>(
    `select ${columns} from audit where position > ? order by position limit ?`,
  );
  return (position, limit) => select.all(position, limit).map(toAuditRecord);
}

function createBackwardReader(connection: SqliteConnection): AuditTable['before'] {
  const end = connection.prepare<[], number>('select coalesce(max(position), 0) + 1 from audit').pluck();
  const select = connection.prepare<Record<string, string | number | null>, AuditRow>(
    `select ${columns} from audit
     where position < :before and position >= :floor
       and (:actor is null or actor = :actor) and (:sessionId is null or session_id = :sessionId)
       and (:decision is null or decision = :decision) and substr(action, 1, length(:action)) = :action
     order by position desc limit :limit`,
  );
  return ({ before, limit, actor = null, sessionId = null, decision = null, action = '' }) => {
    const start = Math.min(before ?? Number.POSITIVE_INFINITY, end.get() ?? 1);
    const floor = Math.max(1, start - recordsOfLook);
    const rows = select.all({
      ...{ before: start, floor, actor, sessionId, decision, action },
      limit: limit + 1,
    });
    const records = rows.slice(0, limit).map(toAuditRecord);
    const isFull = rows.length > limit;
    const reached = isFull ? (records.at(-1)?.position ?? floor) : floor;
    return { records, next: reached > 1 ? reached : null };
  };
}
