import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configSchema } from '../src/config-schema.ts';
import { requireSharedDir, sharedDirOf } from '../src/shared-dir.ts';
import { temporaryFolder } from './store/support/temporary-folder.ts';

const configOf = (cluster: { shared_dir?: string }) =>
  configSchema.parse({ db: { path: '/srv/data/hotplex.db' }, cluster });

test('what sessions need at whichever gateway lies beside the database, or where the gateways share a folder', () => {
  expect(sharedDirOf(configOf({}))).toBe('/srv/data');
  expect(sharedDirOf(configOf({ shared_dir: '/mnt/disk/hotplex' }))).toBe('/mnt/disk/hotplex');
});

test('[G1] a shared folder that is not there is not made, and the gateway does not start', () => {
  const folder = temporaryFolder();
  expect(() => requireSharedDir(configOf({}))).not.toThrow();
  expect(() => requireSharedDir(configOf({ shared_dir: folder }))).not.toThrow();
  const missing = join(folder, 'mount');
  expect(() => requireSharedDir(configOf({ shared_dir: missing }))).toThrow(`cluster.shared_dir ${missing}`);
});
