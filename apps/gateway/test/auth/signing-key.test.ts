import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadSigningKey, rotateSigningKey, watchSigningKey } from '../../src/auth/signing-key.ts';
import { createVerifyingKeys } from '../../src/auth/verifying-keys.ts';
import { silentLogger as logger } from '../../src/ground/logger.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { start } from './open-door.ts';

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'data', 'signing-key.json');
}

test('[J7] the key is made on the first start, for its user alone, and kept', () => {
  const file = newFile();
  const first = loadSigningKey(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(file, '..'))).toEqual(['signing-key.json']);
  expect(loadSigningKey(file).publicKey).toEqual(first.publicKey);
  expect(first.publicKey).not.toHaveProperty('d');
  expect(loadSigningKey(newFile()).publicKey.kid).not.toBe(first.publicKey.kid);
});

test('[J7] a key that other users may read is no start, and the sentence has the remedy', () => {
  const file = newFile();
  loadSigningKey(file);
  chmodSync(file, 0o640);
  expect(() => loadSigningKey(file)).toThrow(`chmod 600 ${file}`);
});

test.each(['', '{}', 'a passphrase', '{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA","kid":"k"}'])(
  '[G12] a file that holds %j is no start, and is left as it is',
  (content) => {
    const file = newFile();
    loadSigningKey(file);
    writeFileSync(file, content);
    expect(() => loadSigningKey(file)).toThrow(/the signing key .* cannot be used/);
    expect(statSync(file).size).toBe(Buffer.byteLength(content));
  },
);

test('[J7] a new key signs from the next look on; those before it verify for as long as their tokens live', () => {
  const file = newFile();
  const clock = createManualClock(start);
  const signing = watchSigningKey(file, { clock, logger });
  const keys = createVerifyingKeys({ signing, others: () => [], clock });
  const names = () => keys().map(({ kid }) => kid);
  const first = signing().publicKey.kid;
  expect(names()).toEqual([first]);
  const second = rotateSigningKey(file, clock.now()).publicKey.kid;
  expect(statSync(file).mode & 0o777).toBe(0o600);
  clock.advance(5_000);
  expect(signing().publicKey.kid).toBe(second);
  expect(names()).toEqual([second, first]);
  expect(keys()).toBe(keys());
  clock.advance(30 * 60_000);
  const third = rotateSigningKey(file, clock.now()).publicKey.kid;
  clock.advance(30 * 60_000);
  expect(names()).toEqual([third, second, first]);
  clock.advance(6 * 60_000);
  expect(names()).toEqual([third, second]);
  rotateSigningKey(file, clock.now());
  expect(loadSigningKey(file).retired).toHaveLength(2);
});

test('[J7] a key file that was spoiled or taken away while the gateway runs changes nothing', () => {
  const file = newFile();
  const clock = createManualClock(start);
  const signing = watchSigningKey(file, { clock, logger });
  const { kid } = signing().publicKey;
  for (const spoil of [() => writeFileSync(file, 'nonsense'), () => rmSync(file)]) {
    spoil();
    clock.advance(5_000);
    expect(signing().publicKey.kid).toBe(kid);
  }
});
