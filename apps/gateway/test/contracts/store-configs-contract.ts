import { expect, it } from 'vitest';
import type { AuditEntry } from '../../src/ground/audit.ts';
import type { ConfigHistory, ConfigRecord } from '../../src/ground/config-record.ts';
import type { AuditLog } from '../../src/store/store.ts';

const configuration = (time: number): Omit<ConfigRecord, 'version'> => ({
  ...{ time, actor: 'operator', origin: 'request', sealed: `sealed ${time}` },
  changes: [{ key: 'session.max_queue', old: null, new: ['a', 2], restart: false }],
});

const entry: AuditEntry = {
  ...{ actor: 'operator', sessionId: null, action: 'config session.max_queue', decision: 'allow' },
  ...{ reason: 'null → 2', rules: [], inputHash: null },
};

/** What a history of configurations must do, whatever keeps it. */
export function storeConfigsContract(
  open: () => Promise<ConfigHistory & AuditLog & { close(): void }>,
): void {
  it('gives back what it was told, newest first, and numbers it from 1', async () => {
    const store = await open();
    expect(store.configRecords()).toEqual([]);
    expect([1, 2].map((time) => store.recordConfig(configuration(time), []))).toEqual([1, 2]);
    expect(store.configRecords()).toEqual([
      { ...configuration(2), version: 2 },
      { ...configuration(1), version: 1 },
    ]);
    store.close();
  });

  it('remembers the last 64', async () => {
    const store = await open();
    for (let time = 1; time <= 70; time++) store.recordConfig(configuration(time), []);
    const versions = store.configRecords().map(({ version }) => version);
    expect([versions.length, versions[0], versions.at(-1)]).toEqual([64, 70, 7]);
    store.close();
  });

  it('[L1] is stored together with what the audit log says of it', async () => {
    const store = await open();
    store.recordConfig(configuration(9), [entry]);
    expect(store.auditAfter(0, 10)).toMatchObject([{ ...entry, time: 9 }]);
    store.close();
  });
}
