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
function startWith(store: ReturnType<typeof createMemoryStore>): boolean {
  const dataDir = temporaryFolder();
  const left = join(dataDir, 'files', 'unknown');
  mkdirSync(left, { recursive: true });
  createGatewayFiles({
    ...{ config: configSchema.parse({}), dataDir, store, gatewayPorts: [] },
    ...{ clock: createManualClock(), ids: createIds() },
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

test('[G9] they are left where the session is there and cannot be read', () => {
  const store = createMemoryStore();
  store.create(sessionRecord({ id: 'another' }));
  store.find = () => {
    throw new Error('a damaged row');
  };
  expect(startWith(store)).toBe(true);
});
