import type { AuditEntry } from '../ground/audit.ts';
import { sha256 } from '../ground/sha256.ts';
import type { AuditRecord } from './audit-log.ts';

/** What stands before the first record. */
export const chainStart = '0'.repeat(64);

type Link = Pick<AuditRecord, 'position' | 'time' | 'previous'>;

/** The next record of the chain: whoever changes one later has to change all that follow. */
export function chain(entry: AuditEntry, link: Link): AuditRecord {
  const record = { ...entry, ...link };
  return { ...record, hash: hashOf(record) };
}

/** Checks records in their order, one after the other. */
export class ChainCheck {
  #position = 0;
  #hash = chainStart;

  /** How many were whole. */
  get length(): number {
    return this.#position;
  }

  /** The hash of the last one: kept elsewhere, it proves later that the end was not cut off. */
  get head(): string {
    return this.#hash;
  }

  /** What is wrong with the next record; undefined if nothing is. */
  problemOf(record: AuditRecord): string | undefined {
    const expected = this.#position + 1;
    if (record.position !== expected)
      return `record ${expected} is missing: record ${record.position} follows`;
    if (record.previous !== this.#hash) return `record ${expected} does not follow the one before it`;
    if (record.hash !== hashOf(record)) return `record ${expected} is not as it was written`;
    this.#position = expected;
    this.#hash = record.hash;
    return undefined;
  }
}

function hashOf(record: Omit<AuditRecord, 'hash'>): string {
  const { position, time, actor, sessionId, action, decision, reason, rules, inputHash, previous } = record;
  return sha256(
    JSON.stringify([position, time, actor, sessionId, action, decision, reason, rules, inputHash, previous]),
  );
}
