import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type CertificateFiles, makeCertificate } from '../../../../tests/support/make-certificate.ts';
import { stopGateway } from '../../src/command/gateway/stop-gateway.ts';
import { configSchema } from '../../src/config-schema.ts';

/** How one is stopped that has these files in its configuration. */
const how = (tls?: CertificateFiles) => ({
  ...({ signal: 'SIGTERM', now: false } as const),
  config: configSchema.parse({ gateway: { drain_timeout: 0, tls } }),
});

/** A process whose start time nobody tells, and what answers at the address of its record. */
async function open(answer: string, tls?: CertificateFiles) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  const say: RequestListener = (_, response) => response.writeHead(503).end(answer);
  const server = tls
    ? createTlsServer({ cert: readFileSync(tls.cert), key: readFileSync(tls.key) }, say)
    : createServer(say);
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const record = { pid: child.pid ?? 0, start_time: null, url, version: '1', started_at: '' };
  return { child, record: { ...record, ending: false, bound: false, log_file: null } };
}

test('where a pid may be a stranger’s, nothing is signalled unless a gateway answers', async () => {
  const { child, record } = await open('<html>');
  await expect(stopGateway(record, how())).rejects.toThrow(`process ${record.pid} may be another program`);
  // A signal that was sent would have been the first.
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  expect(await exit).toEqual([null, 'SIGINT']);
});

test('a gateway that answers is ended, also while it is stopping', async () => {
  const { child, record } = await open('{"status":"stopping"}');
  const exit = once(child, 'exit');
  await stopGateway(record, how());
  expect(await exit).toEqual([null, 'SIGTERM']);
});

test('[A1] a gateway with a certificate is asked by that, whatever name it is good for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-stop-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const tls = makeCertificate(folder, 'own', 'DNS:chat.example.com');
  const { child, record } = await open('{"status":"ok"}', tls);
  const exit = once(child, 'exit');
  await stopGateway(record, how(tls));
  expect(await exit).toEqual([null, 'SIGTERM']);
});
