import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createJwksFile } from '../../src/auth/jwks-file.ts';
import type { PublicKey } from '../../src/auth/public-key.ts';
import type { SigningKey } from '../../src/auth/signing-key.ts';
import { createVerifyingKeys } from '../../src/auth/verifying-keys.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { forgeToken, validClaims } from './forge-token.ts';
import { newSigningKey } from './new-signing-key.ts';
import { openDoor, start } from './open-door.ts';

const [own, first, second] = [newSigningKey(), newSigningKey(), newSigningKey()];

function openFile(keys: unknown) {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-jwks-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'jwks.json');
  const write = (content: unknown) => {
    writeFileSync(`${file}.new`, typeof content === 'string' ? content : JSON.stringify({ keys: content }));
    renameSync(`${file}.new`, file);
  };
  write(keys);
  const clock = createManualClock(start);
  const open = () => {
    const others = createJwksFile({ file, own: () => [own.publicKey], clock, logger: silentLogger });
    return createVerifyingKeys({ signing: () => own, others, clock });
  };
  return { clock, open, write, remove: () => rmSync(file) };
}

const signedBy = (key: SigningKey) =>
  forgeToken({ key: key.privateKey, header: { kid: key.publicKey.kid }, claims: validClaims });
const subjectsOf = async (keys: () => readonly PublicKey[]) => {
  const door = openDoor({ key: own, keys });
  const ask = async (key: SigningKey) =>
    door
      .authenticate({ kind: 'bearer', token: await signedBy(key) }, { address: '127.0.0.1', origin: null })
      .then(
        ({ subject }) => subject,
        (error: { code: string }) => error.code,
      );
  return Promise.all([own, first, second].map(ask));
};

test('[J7] several keys sign at once; a changed file is read without a restart', async () => {
  const { clock, open, write } = openFile([first.publicKey]);
  const keys = open();
  expect(await subjectsOf(keys)).toEqual(['alice', 'alice', 'UNAUTHORIZED']);
  write([first.publicKey, second.publicKey]);
  clock.advance(5_000);
  expect(await subjectsOf(keys)).toEqual(['alice', 'alice', 'alice']);
  write([second.publicKey]);
  clock.advance(5_000);
  expect(await subjectsOf(keys)).toEqual(['alice', 'UNAUTHORIZED', 'alice']);
});

test.each<[string, (file: ReturnType<typeof openFile>) => void]>([
  ['half written', ({ write }) => write('{"keys":[{"kty":"EC"')],
  ['empty', ({ write }) => write('')],
  ['without keys', ({ write }) => write([])],
  ['gone', ({ remove }) => remove()],
])('[J7] a file that is %s leaves the old keys in force, and a good one is taken again', async (_, spoil) => {
  const file = openFile([first.publicKey]);
  const keys = file.open();
  spoil(file);
  file.clock.advance(5_000);
  expect(await subjectsOf(keys)).toEqual(['alice', 'alice', 'UNAUTHORIZED']);
  file.write([second.publicKey]);
  file.clock.advance(5_000);
  expect(await subjectsOf(keys)).toEqual(['alice', 'UNAUTHORIZED', 'alice']);
});

const { kid: _, ...nameless } = first.publicKey;
test.each<[string, unknown, RegExp]>([
  ['a private key', [first.privateKey.export({ format: 'jwk' })], /cannot be used/],
  ['a private half', [{ ...first.publicKey, d: 'AAAA' }], /private half/],
  ['a key without a kid', [nameless], /kid/],
  ['two keys of one name', [first.publicKey, { ...second.publicKey, kid: first.publicKey.kid }], /twice/],
  ['a key named like our own', [{ ...first.publicKey, kid: own.publicKey.kid }], /twice/],
  ['a point off the curve', [{ ...first.publicKey, x: second.publicKey.x }], /curve/],
  ['a shared secret', [{ kty: 'oct', k: 'c2VjcmV0', kid: 'x', alg: 'HS256' }], /cannot be used/],
  ['no JSON', 'nonsense', /cannot be used/],
])('[J1] %s is no start, and the sentence says what the file must hold', (_, content, sentence) => {
  const { open } = openFile(content);
  expect(open).toThrow(sentence);
  expect(open).toThrow('it must hold public P-256 keys, each with its own kid');
});
