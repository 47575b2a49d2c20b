import { expect, it } from 'vitest';
import type { AuditEntry } from '../../src/ground/audit.ts';
import { ChainCheck, chainStart } from '../../src/store/audit-chain.ts';
import type { AuditLog, SessionStore } from '../../src/store/store.ts';
import { sessionRecord } from '../store/support/records.ts';

const entry = (actor: string): AuditEntry => ({
  ...{ actor, sessionId: 'session-1', action: 'permission', decision: 'allow' },
  ...{ reason: 'answered', rules: ['N1', 'C5'], inputHash: 'a'.repeat(64) },
});

/** What an audit log must do, whatever keeps it. */
export function storeAuditContract(open: () => Promise<SessionStore & AuditLog>): void {
  it('[L1] numbers what it is told, and chains it', async () => {
    const store = await open();
    for (const actor of ['a', 'b', 'c']) store.recordAudit(entry(actor), 7);
    const records = store.auditAfter(0, 10);
    expect(records.map(({ position, actor }) => [position, actor])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    expect(records[0]).toMatchObject({ ...entry('a'), time: 7, previous: chainStart });
    expect(records[2]?.previous).toBe(records[1]?.hash);
    const check = new ChainCheck();
    expect(records.map((record) => check.problemOf(record))).toEqual([undefined, undefined, undefined]);
    expect(store.auditAfter(1, 1)).toEqual([records[1]]);
    store.close();
  });

  it('[L1] a step of a session and its record are stored together or not at all', async () => {
    const store = await open();
    store.create(sessionRecord());
    store.commit('session-1', { audit: [entry('a')] }, 8);
    expect(() => store.commit('no such session', { audit: [entry('b')] }, 9)).toThrow();
    expect(store.auditAfter(0, 10).map(({ actor, time }) => [actor, time])).toEqual([['a', 8]]);
    store.close();
  });

  it('[L1] outlives the session that it is about', async () => {
    const store = await open();
    store.create(sessionRecord());
    store.commit('session-1', { audit: [entry('a')] }, 8);
    store.remove('session-1');
    expect(store.auditAfter(0, 10)).toHaveLength(1);
    store.close();
  });
}
