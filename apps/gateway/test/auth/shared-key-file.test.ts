import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSeal } from '../../src/auth/seal.ts';
import { SharedKeyFile } from '../../src/auth/shared-key-file.ts';
import { createTokenSigner } from '../../src/auth/sign-token.ts';
import { loadSigningKey, rotateSigningKey, watchSigningKey } from '../../src/auth/signing-key.ts';
import { createTokenVerifier } from '../../src/auth/verify-token.ts';
import { createVerifyingKeys } from '../../src/auth/verifying-keys.ts';
import { createClusterKeys } from '../../src/cluster/nats/cluster-keys.ts';
import { silentLogger as logger } from '../../src/ground/logger.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { SharedKeys } from '../../src/store/shared-keys.ts';
import { temporaryFolder } from '../store/support/temporary-folder.ts';
import { createManualClock } from '../support/manual-clock.ts';

const name = 'signing-key';
const sealWith = (secret: string) => createSeal(createClusterKeys(secret).derive(name, ''));

function openCluster() {
  const clock = createManualClock();
  const rows = new Map<string, string>();
  const keys: SharedKeys = {
    sealedKey: (key) => rows.get(key),
    replaceKey(key, { before, sealed }) {
      if (rows.get(key) !== before) return false;
      rows.set(key, sealed);
      return true;
    },
  };
  const newNode = ({ secret = 'of these tests', table = keys } = {}) => {
    const file = join(temporaryFolder(), 'signing-key.json');
    const seal = sealWith(secret);
    const shared = new SharedKeyFile({ file, name, load: loadSigningKey, keys: table, seal, clock });
    return { file, shared, refresh: () => shared.refresh(), kid: () => loadSigningKey(file).publicKey.kid };
  };
  return { clock, rows, keys, newNode };
}

test('[J7] the first node shares its key, sealed; those that come later have that one, whatever they had', () => {
  const cluster = openCluster();
  const first = cluster.newNode();
  const { kid } = loadSigningKey(first.file).publicKey;
  const later = cluster.newNode();
  expect(later.kid()).not.toBe(kid);
  for (const node of [first, later]) node.refresh();
  expect([first.kid(), later.kid()]).toEqual([kid, kid]);
  expect(statSync(later.file).mode & 0o777).toBe(0o600);
  const sealed = cluster.rows.get(name) ?? '';
  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('"d"');
  expect(sealWith('of these tests').open(sealed)).toContain('"d"');
});

test('[J7] a key that is rotated at one node signs at all of them, and the one before stays good as long as it would', () => {
  const cluster = openCluster();
  const nodes = [cluster.newNode(), cluster.newNode()];
  const watched = nodes.map(({ file, refresh }) => {
    const signing = watchSigningKey(file, { clock: cluster.clock, logger, refresh });
    return { signing, keys: createVerifyingKeys({ signing, others: () => [], clock: cluster.clock }) };
  });
  const [here, there] = watched;
  const before = here?.signing().publicKey.kid;
  const { kid } = rotateSigningKey(nodes[0]?.file ?? '', cluster.clock.now()).publicKey;
  cluster.clock.advance(5_000);
  expect(here?.signing().publicKey.kid).toBe(kid);
  expect(there?.signing().publicKey.kid).toBe(kid);
  expect(there?.keys().map((key) => key.kid)).toEqual([kid, before]);
  cluster.clock.advance(66 * 60_000);
  expect(there?.keys().map((key) => key.kid)).toEqual([kid]);
});

test('[J7] a token of a key that another node has had for a moment is good: a name that is not known is looked for', async () => {
  const cluster = openCluster();
  const { clock } = cluster;
  const [here, there] = [cluster.newNode(), cluster.newNode()].map(({ file, refresh }) => ({
    ...{ file, signing: watchSigningKey(file, { clock, logger, refresh }) },
  }));
  if (!here || !there) throw new Error('there are two');
  const terms = { issuer: 'hotplex', audience: 'nodes', clock };
  const sign = createTokenSigner({ key: here.signing, ...terms });
  const keys = createVerifyingKeys({ signing: there.signing, others: () => [], clock });
  const verify = createTokenVerifier({ keys, revocations: createMemoryStore(), ...terms });
  clock.advance(5_000);
  keys();
  rotateSigningKey(here.file, clock.now());
  const life = { role: 'driver', signedInAt: clock.now(), lifetimeMs: 60_000 } as const;
  const token = await sign({ subject: 'ann', tokenId: 't', ...life });
  clock.advance(250);
  expect(await verify(token)).toMatchObject({ subject: 'ann' });
});

test('of two nodes that change it at the same time one does, and both have that one', () => {
  const cluster = openCluster();
  const here = cluster.newNode();
  const racing: SharedKeys = {
    sealedKey: (key) => cluster.keys.sealedKey(key),
    replaceKey(key, change) {
      here.refresh();
      return cluster.keys.replaceKey(key, change);
    },
  };
  const there = cluster.newNode({ table: racing });
  there.refresh();
  expect(there.kid()).toBe(here.kid());
  for (const { file } of [here, there]) rotateSigningKey(file, cluster.clock.now());
  const kid = here.kid();
  there.refresh();
  expect([here.kid(), there.kid()]).toEqual([kid, kid]);
});

test('[J7] a file that is spoiled goes to no other node; one that is taken away comes back', () => {
  const cluster = openCluster();
  const [here, there] = [cluster.newNode(), cluster.newNode()];
  for (const { refresh } of [here, there]) refresh();
  const kid = there.kid();
  writeFileSync(here.file, 'nonsense');
  expect(here.refresh).toThrow(/the signing key .* cannot be used/);
  there.refresh();
  expect(there.kid()).toBe(kid);
  rmSync(here.file);
  here.refresh();
  expect(here.kid()).toBe(kid);
});

test('a node with another secret is told so, and changes nothing', () => {
  const cluster = openCluster();
  cluster.newNode().refresh();
  const sealed = cluster.rows.get(name);
  expect(cluster.newNode({ secret: 'of others' }).refresh).toThrow(
    /cluster\.secret does not open the signing-key/,
  );
  expect(cluster.rows.get(name)).toBe(sealed);
});
