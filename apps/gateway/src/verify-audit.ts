import { setImmediate as nextRound } from 'node:timers/promises';
import type { AuditVerdict } from './http/admin/audit.ts';
import { ChainCheck } from './store/audit-chain.ts';
import type { AuditLog } from './store/store.ts';

/** Between so many records others have their turn. */
const atOnce = 1_000;

/** Checks the whole audit log as it is now; who asks while that goes on gets the same answer. */
export function createVerifyAudit(log: Pick<AuditLog, 'auditAfter'>): () => Promise<AuditVerdict> {
  let running: Promise<AuditVerdict> | undefined;
  return () => {
    running ??= verify(log).finally(() => {
      running = undefined;
    });
    return running;
  };
}

async function verify(log: Pick<AuditLog, 'auditAfter'>): Promise<AuditVerdict> {
  const check = new ChainCheck();
  for (;;) {
    const page = log.auditAfter(check.length, atOnce);
    for (const record of page) {
      const problem = check.problemOf(record);
      if (problem !== undefined) return { records: check.length, head: check.head, problem };
    }
    if (page.length < atOnce) return { records: check.length, head: check.head, problem: null };
    await nextRound();
  }
}
