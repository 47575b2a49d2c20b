import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { openGateway } from '../http/open-gateway.ts';
import { rawRequest, speakRaw } from '../http/speak-raw.ts';

const upgrade = (port: number, ...lines: string[]) =>
  rawRequest('GET /ws HTTP/1.1', [
    `host: 127.0.0.1:${port}`,
    'connection: upgrade',
    'upgrade: websocket',
    ...lines,
  ]);

test('[W5] [CVE-2021-32640] a list of protocols of blanks costs no time', async () => {
  const { port } = await openGateway();
  const started = performance.now();
  const { status } = await speakRaw(port, upgrade(port, `sec-websocket-protocol: b${' '.repeat(7_000)}x`));
  expect(status).toBeLessThan(500);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('[W5] [CVE-2024-37890] more headers than Node keeps end nothing', async () => {
  const { port } = await openGateway();
  const many = Array.from({ length: 2_100 }, (_, index) => `${index.toString(36)}:`);
  expect((await speakRaw(port, upgrade(port, ...many))).status).toBeLessThan(500);
  expect((await speakRaw(port, upgrade(port))).status).toBe(101);
});

test('[W5] [GHSA-58qx-3vcg-4xpx] what closes a socket tells nothing of the memory beside it', async () => {
  const server = new WebSocketServer({ port: 0 });
  onTestFinished(() => server.close());
  await once(server, 'listening');
  const thrown = Promise.withResolvers<unknown>();
  server.on('connection', (socket) => {
    try {
      socket.close(1_000, new Float32Array(20) as unknown as Buffer);
    } catch (error) {
      thrown.resolve(error);
      socket.close(1_000, 'over');
    }
  });
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [, reason] = (await once(client, 'close')) as [number, Buffer];
  expect(await thrown.promise).toBeInstanceOf(TypeError);
  expect(String(reason)).toBe('over');
});
