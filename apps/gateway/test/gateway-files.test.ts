import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configSchema } from '../src/config-schema.ts';
import { createGatewayFiles } from '../src/gateway-files.ts';
import { createIds } from '../src/ground/ids.ts';
import { createMemoryStore } from '../src/store/memory-store.ts';
import { sessionRecord } from './store/support/records.ts';
import { temporaryFolder } from './store/support/temporary-folder.ts';
import { createManualClock } from './support/manual-clock.ts';

/** What is left of the files of a session that is not in the store, after a start. */
function startWith(store: ReturnType<typeof createMemoryStore>, { isShared = false } = {}): boolean {
  const dir = temporaryFolder();
  const left = join(dir, 'files', 'unknown');
  mkdirSync(left, { recursive: true });
  const url = 'nats://nats.example.com';
  const settings = isShared
    ? { cluster: { url, secret: 'a secret that all of them have, all', shared_dir: dir } }
    : { db: { path: join(dir, 'hotplex.db') } };
  createGatewayFiles({
    ...{ config: configSchema.parse(settings), store, gatewayPorts: [] },
    ...{ clock: createManualClock(Date.now()), ids: createIds() },
  });
  return existsSync(left);
}

test('[L3] files of no session are removed at a start', () => {
  const store = createMemoryStore();
  store.create(sessionRecord({ id: 'another' }));
  expect(startWith(store)).toBe(false);
});

test('[G1] they are left where there is no session at all: the database may have been moved away', () => {
  expect(startWith(createMemoryStore())).toBe(true);
});

test('[G1] they are left where others share the folder: one of them may be about to store the session', () => {
  const store = createMemoryStore();
  store.create(sessionRecord({ id: 'another' }));
  expect(startWith(store, { isShared: true })).toBe(true);
});

test('[G9] they are left where the session is there and cannot be read', () => {
  const store = createMemoryStore();
  store.create(sessionRecord({ id: 'another' }));
  store.find = () => {
    throw new Error('a damaged row');
  };
  expect(startWith(store)).toBe(true);
});
