import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import cases from './cases/jwt-cases.json' with { type: 'json' };

type Case = {
  header?: Record<string, string>;
  /** `null` takes a claim away. */
  claims?: Record<string, string | null>;
  /** Seconds from now. */
  times?: Record<string, number>;
  sign?: string;
};

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const own = newKey();
const strangers: Record<string, KeyObject> = {
  stranger: newKey().privateKey,
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  ed25519: generateKeyPairSync('ed25519').privateKey,
};
const pem = own.publicKey.export({ format: 'pem', type: 'spki' });
const folder = mkdtempSync(join(tmpdir(), 'hotplex-jwt-'));
const file = join(folder, 'jwks.json');
const asked: unknown[] = [];
const listener = createServer((request) => void asked.push(request.url));
let gateway: RunningGateway;

beforeAll(async () => {
  const key = { ...own.publicKey.export({ format: 'jwk' }), kid: 'service', alg: 'ES256', use: 'sig' };
  writeFileSync(file, JSON.stringify({ keys: [key] }));
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  gateway = await startGateway({
    env: { HOTPLEX_SECURITY_JWT_JWKS_FILE: file, HOTPLEX_LOG_LEVEL: 'error' },
  });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  listener.close();
  rmSync(folder, { recursive: true });
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A good token, but for what the case changes. */
function forge({ header = {}, claims = {}, times = {}, sign: by }: Case): string {
  const now = Math.floor(Date.now() / 1_000);
  const listening = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/jwks`;
  const heard = Object.entries(header).map(([name, value]) => [name, value.replace('$LISTENER', listening)]);
  const all: Record<string, unknown> = {
    ...{ iss: 'hotplex', aud: 'hotplex-gateway', sub: 'alice', jti: randomUUID(), iat: now, nbf: now },
    ...{ exp: now + 300, scope: 'driver' },
    ...claims,
    ...Object.fromEntries(Object.entries(times).map(([name, seconds]) => [name, now + seconds])),
  };
  const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  const text = `${encode({ alg: 'ES256', kid: 'service', typ: 'at+jwt', ...Object.fromEntries(heard) })}.${encode(kept)}`;
  return `${text}.${signatureOf(text, by)}`;
}

function signatureOf(text: string, by: string | undefined): string {
  if (by === 'nothing') return '';
  if (by === 'public-pem') return createHmac('sha256', pem).update(text).digest('base64url');
  const key = by === undefined ? own.privateKey : strangers[by];
  if (!key) throw new Error(`the case is signed by nobody known: ${by}`);
  const hash = by === 'ed25519' ? null : by === 'p384' ? 'sha384' : 'sha256';
  return sign(hash, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}

const upgrade = {
  ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

// Each from an address of its own, so that no case has to wait for the guesses before it.
test.each(cases.map((given, index) => ({ ...given, from: `127.0.1.${index + 1}` })))(
  '[$id] $about: $want by HTTP, and the same for a socket',
  async ({ want, from, ...given }) => {
    const authorization = `Bearer ${forge(given as Case)}`;
    const answer = await ask(gateway.port, '/api/agents', { from, headers: { authorization } });
    expect(answer.status).toBe(want);
    const socket = await ask(gateway.port, '/ws', { from, headers: { ...upgrade, authorization } });
    expect(socket.status).toBe(want === 200 ? 101 : want);
  },
);

test('[P16] 100 kB of a good token are refused', async () => {
  const auth = forge({ claims: { padding: 'x'.repeat(100_000) } });
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth, reconnect: false });
  await expect(client.connect()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('[P5] nobody was asked for a key', () => {
  expect(asked).toEqual([]);
});
