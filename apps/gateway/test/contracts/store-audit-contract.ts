import { expect, it } from 'vitest';
import type { AuditEntry } from '../../src/ground/audit.ts';
import { ChainCheck, chainStart } from '../../src/store/audit-chain.ts';
import type { AuditLog, AuditQuery, SessionStore } from '../../src/store/store.ts';
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

  it('[L1] is read backwards, by who, what, where and what came of it, in pages', async () => {
    const store = await open();
    for (const actor of ['a', 'b', 'a']) store.recordAudit(entry(actor), 7);
    store.recordAudit({ ...entry('a'), action: 'POST /x_y', sessionId: null, decision: 'deny' }, 8);
    const positions = (query: Omit<AuditQuery, 'limit'>) =>
      store.auditBefore({ ...query, limit: 10 }).records.map(({ position }) => position);
    expect(positions({})).toEqual([4, 3, 2, 1]);
    expect(positions({ actor: 'b' })).toEqual([2]);
    expect(positions({ sessionId: 'session-1', actor: 'a' })).toEqual([3, 1]);
    expect(positions({ action: 'POST /x_' })).toEqual([4]);
    expect(positions({ action: 'POST %' })).toEqual([]);
    expect(positions({ decision: 'deny' })).toEqual([4]);
    const page = store.auditBefore({ limit: 3 });
    expect(page).toMatchObject({ records: [{ position: 4 }, { position: 3 }, { position: 2 }], next: 2 });
    expect(store.auditBefore({ limit: 3, before: 2 })).toMatchObject({
      records: [{ position: 1 }],
      next: null,
    });
    expect(store.auditBefore({ limit: 4 }).next).toBeNull();
    store.close();
  });
}
