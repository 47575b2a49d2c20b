import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadPushKey } from '../src/auth/push-key.ts';
import { openSeal } from '../src/auth/seal.ts';
import { loadSigningKey } from '../src/auth/signing-key.ts';
import { configSchema } from '../src/config-schema.ts';
import { openKeyFile } from '../src/gateway-key-file.ts';
import type { SharedKeys } from '../src/store/shared-keys.ts';
import { temporaryFolder } from './store/support/temporary-folder.ts';
import { createManualClock } from './support/manual-clock.ts';

const cluster = { url: 'nats://nats.example.com', secret: 'a secret that all of them have, all' };

function createKeys(): SharedKeys & { rows: Map<string, string> } {
  const rows = new Map<string, string>();
  return {
    rows,
    sealedKey: (name) => rows.get(name),
    replaceKey(name, { before, sealed }) {
      if (rows.get(name) !== before) return false;
      rows.set(name, sealed);
      return true;
    },
  };
}

test('[J7] nodes of a cluster have the same keys: what signs, what push services know, what seals configurations', () => {
  const sharedKeys = createKeys();
  const [here, there] = [temporaryFolder(), temporaryFolder()].map((dataDir) => {
    const parts = { config: configSchema.parse({ cluster }), store: { sharedKeys }, dataDir };
    const fileOf = (name: 'signing-key' | 'push-key' | 'config-history-key') => {
      const key = openKeyFile(name, { ...parts, clock: createManualClock() });
      key.refresh();
      return key.file;
    };
    return {
      signing: loadSigningKey(fileOf('signing-key')).publicKey.kid,
      push: loadPushKey(fileOf('push-key')).publicKey,
      seal: openSeal(fileOf('config-history-key')),
    };
  });
  expect(there?.signing).toBe(here?.signing);
  expect(there?.push).toBe(here?.push);
  expect(there?.seal.open(here?.seal.seal('a configuration') ?? '')).toBe('a configuration');
  expect([...sharedKeys.rows.keys()]).toEqual(['signing-key', 'push-key', 'config-history-key']);
});

test('a gateway that is alone shares nothing, also with PostgreSQL', () => {
  const sharedKeys = createKeys();
  const parts = { config: configSchema.parse({}), store: { sharedKeys }, dataDir: temporaryFolder() };
  const key = openKeyFile('signing-key', { ...parts, clock: createManualClock() });
  key.refresh();
  expect([existsSync(key.file), sharedKeys.rows.size]).toEqual([false, 0]);
});
