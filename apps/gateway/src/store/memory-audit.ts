import { chain, chainStart } from './audit-chain.ts';
import type { AuditLog, AuditRecord } from './store.ts';

/** An audit log that lasts as long as the process. */
export function createMemoryAudit(): AuditLog {
  const records: AuditRecord[] = [];
  return {
    recordAudit(entry, now) {
      const previous = records.at(-1)?.hash ?? chainStart;
      records.push(chain(structuredClone(entry), { position: records.length + 1, time: now, previous }));
    },
    auditAfter: (position, limit) => structuredClone(records.slice(position, position + limit)),
  };
}
