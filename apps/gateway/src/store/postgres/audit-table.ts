import type { AuditEntry } from '../../ground/audit.ts';
import type { AuditLog } from '../audit-log.ts';
import { type AuditRow, recordsOfLook, toAuditRecord } from '../rows/audit-row.ts';
import type { AppendParts } from './append-part.ts';
import type { PostgresAccess, Statement } from './postgres-access.ts';

const columns = `position, time, actor, session_id as "sessionId", action, decision, reason, rules,
  input_hash as "inputHash", previous, hash`;

/** PostgreSQL has no NUL in its texts, and no halves of characters: a record is chained as it can be read again. */
const storable = (text: string) => text.toWellFormed().replaceAll('\0', '\u{fffd}');

/** What the database needs to chain an entry and to keep it, as JSON text. */
function toRow({ actor, sessionId, action, decision, reason, rules, inputHash }: AuditEntry, now: number) {
  const [who, where, what, why] = [actor, sessionId, action, reason].map((text) => text && storable(text));
  const said = rules.map(storable);
  return JSON.stringify({
    ...{ time: now, actor: who, session_id: where, action: what, decision, reason: why },
    ...{ rules: JSON.stringify(said), input_hash: inputHash },
    // All that is hashed between the position and the hash before, as `audit-chain.ts` writes it.
    hashed: JSON.stringify([now, who, where, what, decision, why, said, inputHash]).slice(1, -1),
  });
}

/**
 * Appends a JSON array of rows to the one chain of all gateways of the database. Only the database knows which record is
 * the last: its function `chain_audit` numbers the rows and chains them, one transaction at a time.
 */
const append = (rows: string) => `insert into audit select * from chain_audit(${rows})`;

/** Appends within the transaction of what is recorded. */
export const appendAudit = (entries: readonly AuditEntry[], now: number): Statement => ({
  text: append('$1::json'),
  values: [`[${entries.map((entry) => toRow(entry, now)).join(',')}]`],
});

/** Appends what goes with steps of sessions. */
export const auditPart: AppendParts['audit'] = (rows) => (place) => {
  const sessions = place(rows.map(({ sessionId }) => sessionId));
  const entries = place(rows.map(({ value, now }) => toRow(value, now)));
  const those = `select json_agg(entry::json order by nth)
    from unnest(${sessions}::text[], ${entries}::text[]) with ordinality as given (session_id, entry, nth)
    join stored using (session_id)`;
  return [`audited as (${append(`(${those})`)})`];
};

/** The table `audit` of a database. */
export function createAuditTable(access: PostgresAccess): AuditLog {
  return {
    recordAudit: (entry, now) => void access.write([appendAudit([entry], now)]),
    auditAfter(position, limit) {
      const text = `select ${columns} from audit where position > $1 order by position limit $2`;
      return access.read<AuditRow>({ text, values: [position, limit] }).map(toAuditRecord);
    },
    auditBefore({ before, limit, actor = null, sessionId = null, decision = null, action = '' }) {
      const end = { text: 'select coalesce(max(position), 0) + 1 as end from audit' };
      const start = Math.min(
        before ?? Number.POSITIVE_INFINITY,
        access.read<{ end: number }>(end)[0]?.end ?? 1,
      );
      const floor = Math.max(1, start - recordsOfLook);
      const text = `select ${columns} from audit
        where position < $1 and position >= $2
          and ($3::text is null or actor = $3) and ($4::text is null or session_id = $4)
          and ($5::text is null or decision = $5) and starts_with(action, $6)
        order by position desc limit $7`;
      const values = [start, floor, actor, sessionId, decision, action, limit + 1];
      const rows = access.read<AuditRow>({ text, values });
      const records = rows.slice(0, limit).map(toAuditRecord);
      const reached = rows.length > limit ? (records.at(-1)?.position ?? floor) : floor;
      return { records, next: reached > 1 ? reached : null };
    },
  };
}
