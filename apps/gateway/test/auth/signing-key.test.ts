import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadSigningKey } from '../../src/auth/signing-key.ts';

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
