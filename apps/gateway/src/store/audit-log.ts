import type { AuditEntry } from '../ground/audit.ts';

/** An entry as it is kept: numbered from 1, and chained to the one before by hashes (SHA-256, hexadecimal). */
export type AuditRecord = AuditEntry & {
  position: number;
  /** Unix milliseconds. */
  time: number;
  /** The hash of the record before, or zeros. */
  previous: string;
  hash: string;
};

/** What to look for; what is left out may be anything. */
export type AuditQuery = {
  actor?: string;
  sessionId?: string;
  /** How the action begins, e.g. `permission`, `POST`. */
  action?: string;
  decision?: AuditEntry['decision'];
  /** Only what is older than this position. */
  before?: number;
  limit: number;
};

/** Who did what, append-only; nothing in it is ever changed or removed. */
export interface AuditLog {
  recordAudit(entry: AuditEntry, now: number): void;
  /** In order, from the one behind this position on. */
  auditAfter(position: number, limit: number): AuditRecord[];
  /**
   * Newest first. A page may have fewer records than asked for, even none, and still not be the last: each look has its
   * limit. `next` is where it goes on, `null` at the beginning.
   */
  auditBefore(query: AuditQuery): { records: AuditRecord[]; next: number | null };
}
