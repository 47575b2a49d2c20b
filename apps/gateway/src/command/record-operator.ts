import { systemClock as clock } from '../ground/clock.ts';
import type { AuditLog } from '../store/store.ts';

/** Takes down what whoever may run commands on this machine has done (requirement L1). */
export function recordOperator(log: Pick<AuditLog, 'recordAudit'>, action: string): void {
  const entry = { actor: 'operator', sessionId: null, action, rules: [] };
  log.recordAudit({ ...entry, decision: 'allow', reason: null, inputHash: null }, clock.now());
}
