import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as openTls } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificate } from '../support/make-certificate.ts';
import { ownHome } from '../support/own-home.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { tryStart } from '../support/try-start.ts';

const folder = mkdtempSync(join(tmpdir(), 'hotplex-tls-'));
const files = makeCertificate(folder);
const tls = { HOTPLEX_GATEWAY_TLS_CERT: files.cert, HOTPLEX_GATEWAY_TLS_KEY: files.key };
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { ...tls, HOTPLEX_SECURITY_ALLOWED_HOSTS: 'chat.example' } });
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

type Asked = { method?: string; headers?: Record<string, string>; body?: string };

async function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  const ca = readFileSync(files.cert);
  const sent = request({ port: gateway.port, host: '127.0.0.1', ca, path, method, headers, agent: false });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  return response;
}

test('[A1] the gateway speaks https, and says for other names than this machine’s that it shall stay so', async () => {
  expect(gateway.url).toBe(`https://127.0.0.1:${gateway.port}`);
  const own = await ask('/health');
  expect(own.statusCode).toBe(200);
  expect(own.headers['strict-transport-security']).toBeUndefined();
  const named = await ask('/health', { headers: { host: 'chat.example' } });
  expect(named.headers['strict-transport-security']).toBe('max-age=31536000');
});

test('[W1] [X6] our page is the one that came by https, and its cookie goes by https alone', async () => {
  const code = new URL(gateway.signInLink).hash.slice('#code='.length);
  const signIn = (origin: string) =>
    ask('/api/auth/sign-in', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
  expect((await signIn(`http://127.0.0.1:${gateway.port}`)).statusCode).toBe(403);
  expect((await signIn('http://chat.example')).statusCode).toBe(403);
  const signedIn = await signIn(gateway.url);
  expect(signedIn.statusCode).toBe(200);
  expect(String(signedIn.headers['set-cookie'])).toMatch(/; Secure/);
});

test('[F1] a client that trusts the certificate talks by wss', async () => {
  const script = `
    import { AepClient } from '@hotplex/client-sdk';
    const client = new AepClient({ url: process.env.GATEWAY, workerType: 'demo', auth: process.env.KEY });
    await client.connect();
    const { text } = await client.prompt('pid').done;
    client.close();
    console.log(text);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: files.cert, GATEWAY: gateway.url, KEY: apiKey },
  });
  expect(stdout).toContain('My process id is');
});

test('[W6] who speaks plain http to it gets no answer and costs nothing', async () => {
  const socket = connect({ port: gateway.port, host: '127.0.0.1' });
  socket.on('error', () => {});
  socket.write('GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n');
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk;
  });
  await once(socket, 'close');
  expect(heard).not.toContain('200');
  expect((await ask('/health')).statusCode).toBe(200);
});

test('[W6] [CVE-2026-21637] names and protocols that nobody has end no process', async () => {
  for (const name of ['x'.repeat(250), 'a.'.repeat(100), '__proto__', 'constructor', 'ünï.example'])
    for (const ALPNProtocols of [['__proto__'], ['x'.repeat(255)], ['h2', 'h3'], []]) {
      const socket = openTls({
        port: gateway.port,
        host: '127.0.0.1',
        servername: name,
        ALPNProtocols,
        ca: readFileSync(files.cert),
        checkServerIdentity: () => undefined,
      });
      socket.on('error', () => {});
      socket.on('secureConnect', () => socket.end());
      await new Promise((resolve) => socket.on('close', resolve));
    }
  expect((await ask('/health')).statusCode).toBe(200);
});

test('[A1] commands of this machine believe the certificate of its gateway, whatever name it is good for, and no other', async () => {
  const { cert, key } = makeCertificate(folder, 'elsewhere', 'DNS:chat.example.com');
  const { cli } = ownHome({
    ...{ HOTPLEX_GATEWAY_TLS_CERT: cert, HOTPLEX_GATEWAY_TLS_KEY: key, HOTPLEX_GATEWAY_ADDR: '0.0.0.0:0' },
  });
  expect(JSON.parse((await cli(['up', '--json'])).out)).toMatchObject({
    ...{ url: expect.stringContaining('https://0.0.0.0:') },
    // An address that one can open.
    ...{ sign_in_link: expect.stringContaining('https://127.0.0.1:') },
  });
  expect(await cli(['gateway', 'status'])).toMatchObject({ code: 0, err: '' });
  expect(await cli(['run', '--json', 'pid'])).toMatchObject({ code: 0, err: '' });
  expect((await cli(['sessions', 'list'])).out).toContain('pid');
  copyFileSync(files.cert, cert);
  const status = await cli(['gateway', 'status']);
  expect(status.code).toBe(1);
  expect(status.out).toContain('It takes no work: ');
  expect((await cli(['sessions', 'list'])).code).toBe(4);
});

test('[A1] with half of the settings, or with others’ files, it does not start', async () => {
  const half = await tryStart({ HOTPLEX_GATEWAY_TLS_CERT: files.cert });
  expect(half.code).not.toBe(0);
  expect(half.said).toContain('gateway.tls.key is missing');
  const other = makeCertificate(folder, 'other');
  const mixed = await tryStart({ ...tls, HOTPLEX_GATEWAY_TLS_KEY: other.key });
  expect(mixed.code).not.toBe(0);
  expect(mixed.said).toContain('gateway.tls.key does not belong to gateway.tls.cert');
});
