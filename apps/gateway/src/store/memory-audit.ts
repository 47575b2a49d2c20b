import { chain, chainStart } from './audit-chain.ts';
import type { AuditLog, AuditQuery, AuditRecord } from './audit-log.ts';

/** An audit log that lasts as long as the process. */
export function createMemoryAudit(): AuditLog {
  const records: AuditRecord[] = [];
  return {
    recordAudit(entry, now) {
      const previous = records.at(-1)?.hash ?? chainStart;
      records.push(chain(structuredClone(entry), { position: records.length + 1, time: now, previous }));
    },
    auditAfter: (position, limit) => structuredClone(records.slice(position, position + limit)),
    auditBefore(query) {
      const found = records.filter((record) => isMeant(record, query)).toReversed();
      const page = structuredClone(found.slice(0, query.limit));
      return { records: page, next: found.length > page.length ? (page.at(-1)?.position ?? null) : null };
    },
  };
}

function isMeant(
  record: AuditRecord,
  { actor, sessionId, action = '', decision, before }: AuditQuery,
): boolean {
  return (
    (actor === undefined || record.actor === actor) &&
    (sessionId === undefined || record.sessionId === sessionId) &&
    record.action.startsWith(action) &&
    (decision === undefined || record.decision === decision) &&
    (before === undefined || record.position < before)
  );
}
