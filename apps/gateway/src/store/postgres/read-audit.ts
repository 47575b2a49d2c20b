import type { AuditRecord } from '../store.ts';
import { createAuditTable } from './audit-table.ts';
import { openPostgresAccess } from './open-postgres-access.ts';

const atOnce = 1_000;

/** All audit records of a database, whose gateway may be running, oldest first. Throws StartError. */
export async function readPostgresAudit(url: string): Promise<Iterable<AuditRecord>> {
  const access = await openPostgresAccess({ url, lock: 'beside' });
  const { auditAfter } = createAuditTable(access);
  function* read(): Generator<AuditRecord> {
    try {
      for (let last = 0; ; ) {
        const page = auditAfter(last, atOnce);
        yield* page;
        if (page.length < atOnce) return;
        last = page.at(-1)?.position ?? last;
      }
    } finally {
      access.close();
    }
  }
  return read();
}
