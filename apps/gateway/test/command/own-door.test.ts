import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type CloseEvent, WebSocketServer } from 'ws';
import { type CertificateFiles, makeCertificate } from '../../../../tests/support/make-certificate.ts';
import { type Door, doorOf } from '../../src/command/gateway/own-door.ts';
import { configSchema } from '../../src/config-schema.ts';

/** Three certificates of one issuer, ours with those that vouch for it behind it, and one that ours vouches for. */
function makeCertificates() {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-door-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const issuer = makeCertificate(folder, 'issuer');
  const issue = (name: string, by: CertificateFiles) => {
    const files = makeCertificate(folder, name, 'DNS:localhost,IP:127.0.0.1', by);
    writeFileSync(files.cert, readFileSync(issuer.cert), { flag: 'a' });
    return files;
  };
  const own = issue('own', issuer);
  return { issuer, own, sibling: issue('sibling', issuer), child: issue('child', own) };
}

/** What shows a certificate, answers every request and takes every socket; resolves to its address. */
async function listen({ cert, key }: CertificateFiles): Promise<string> {
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (_, response) =>
    response.end('well'),
  );
  new WebSocketServer({ server }).on('connection', (socket) => socket.close(1000, 'well'));
  server.listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The door of a gateway that is at an address, with this certificate or none in its configuration. */
const doorAt = (url: string, cert?: string) =>
  doorOf(configSchema.parse({ gateway: { tls: { cert } } }), { url });

/** What a door is answered: over HTTP, and when a socket is opened. */
async function askBoth({ url, fetch: send = fetch, webSocket: Socket = WebSocket }: Door) {
  const asked = send(url).then(
    (answer) => answer.text(),
    (error: Error) => String(error.cause),
  );
  const opened = new Promise((resolve) => {
    const socket = new Socket(url.replace('https', 'wss'));
    socket.onclose = ({ reason }: CloseEvent) => resolve(reason);
    socket.onerror = ({ message }: { message: string }) => resolve(message);
  });
  return [await asked, await opened];
}

test('[A1] behind the own door the certificate of the file is believed, and no other of its issuer', async () => {
  const { issuer, own, sibling, child } = makeCertificates();
  expect(await askBoth(doorAt(await listen(own), own.cert))).toEqual(['well', 'well']);
  for (const stranger of [sibling, child, issuer])
    for (const answer of await askBoth(doorAt(await listen(stranger), own.cert))) {
      expect(answer).not.toBe('well');
      expect(answer).toMatch(/certificate/);
    }
});

test('the own door is on this machine, and needs no certificate where it was opened without', () => {
  expect(doorAt('https://0.0.0.0:8443', '/nowhere.crt').url).toBe('https://127.0.0.1:8443');
  expect(doorAt('https://[::]:8443', '/nowhere.crt').url).toBe('https://[::1]:8443');
  expect(doorAt('http://127.0.0.1:8888', '/nowhere.crt')).toEqual({ url: 'http://127.0.0.1:8888' });
  expect(doorAt('http://127.0.0.1:8888')).toEqual({ url: 'http://127.0.0.1:8888' });
});

test('a certificate that cannot be read is one sentence that names the setting', async () => {
  const { url, fetch: send = fetch } = doorAt('https://127.0.0.1:8443', '/nowhere.crt');
  await expect(send(url)).rejects.toThrow(
    /^gateway\.tls\.cert: no certificate can be read from \/nowhere\.crt/,
  );
});
