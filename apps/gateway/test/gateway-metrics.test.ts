import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readGauges } from '../src/gateway-metrics.ts';
import { createPrometheus } from '../src/prometheus.ts';
import type { SessionRecord, WorkerRecord } from '../src/store/store.ts';

/** How the gauges stand with one agent, which has written so much and of which so much is stored. */
async function read({ written, stored, free }: { written?: number; stored?: number; free?: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-spool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (written !== undefined) writeFileSync(join(folder, 'stdout'), Buffer.alloc(written));
  const process = { pid: 1, startTime: '1', mark: 'm', folder };
  const worker: WorkerRecord = { process, offset: stored ?? 0, memory: '{}', turnId: null };
  const session = { record: { id: 's' } as SessionRecord, queue: [] };
  return readGauges({
    store: { countByState: () => ({ idle: 2 }), worker: () => worker },
    sessions: { working: () => [session as never] },
    sockets: { size: 3, lags: () => [] },
    operations: {
      workers: async () => [],
      databaseBytes: () => 4,
      databaseFreeBytes: () => free,
      pool: { limits: { max: 10, maxPerUser: 1 }, owners: () => [] },
    },
  });
}

test('what an agent has written and nobody has stored is its lag', async () => {
  const { worker_spool_lag_bytes: lag } = await read({ written: 100, stored: 40 });
  expect(lag).toEqual([{ labels: {}, value: 60 }]);
});

test('an agent without a spool has none, and an empty gateway has a zero for everything', async () => {
  const gauges = await read({ free: 5 });
  expect(gauges.worker_spool_lag_bytes).toEqual([{ labels: {}, value: 0 }]);
  expect(gauges.gateway_client_lag_events).toEqual([{ labels: {}, value: 0 }]);
  expect(gauges.database_free_bytes).toEqual([{ labels: {}, value: 5 }]);
  expect(gauges.pool_utilization_ratio).toEqual([{ labels: {}, value: 0.1 }]);
  expect(gauges.sessions_active).toContainEqual({ labels: { state: 'idle' }, value: 2 });
});

test('a disk that does not tell what is free has no sample, and takes none of the others along', async () => {
  const { text } = await createPrometheus(() => read({})).render();
  expect(text).not.toMatch(/^hotplex_database_free_bytes /m);
  expect(text).toMatch(/^hotplex_database_size_bytes 4$/m);
  const told = await createPrometheus(() => read({ free: 0 })).render();
  expect(told.text).toMatch(/^hotplex_database_free_bytes 0$/m);
});
