import * as z from 'zod';
import type { AuditEntry } from '../../ground/audit.ts';
import { chain, chainStart } from '../audit-chain.ts';
import type { AuditRecord } from '../store.ts';
import type { SqliteConnection } from './connect-sqlite.ts';

type AuditRow = Omit<AuditRecord, 'rules'> & { rules: string };

const rules = z.array(z.string());

/** The table `audit` of a database. */
export type AuditTable = {
  /** Within the transaction of what it records. */
  append(entry: AuditEntry, now: number): void;
  after(position: number, limit: number): AuditRecord[];
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
  };
}

/** The reading half alone, for a database that is not ours to write to. */
export function createAuditReader(connection: SqliteConnection): AuditTable['after'] {
  const select = connection.prepare<[number, number], AuditRow>(
    `select position, time, actor, session_id as sessionId, action, decision, reason, rules, input_hash as inputHash,
       previous, hash
     from audit where position > ? order by position limit ?`,
  );
  return (position, limit) =>
    select.all(position, limit).map((row) => ({ ...row, rules: rules.parse(JSON.parse(row.rules)) }));
}
