import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  AepClient,
  FilesApi,
  SessionsApi,
  type Traceparent,
  type WebSocketConstructor,
} from '../src/index.ts';

const value = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** The headers of the first request to a server that refuses it. */
async function headersOf(ask: (url: string) => Promise<unknown>) {
  const seen = Promise.withResolvers<NodeJS.Dict<string | string[]>>();
  const server = createServer((request, response) => {
    seen.resolve(request.headers);
    response.writeHead(503).end();
  });
  server.on('upgrade', ({ headers }, socket) => {
    seen.resolve(headers);
    socket.end('HTTP/1.1 503 Busy\r\nConnection: close\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  await expect(ask(`http://127.0.0.1:${port}`)).rejects.toThrow();
  return seen.promise;
}

const ways: [name: string, ask: (url: string, traceparent: Traceparent) => Promise<unknown>][] = [
  ['a socket of Node', connectWith()],
  ['a socket of the package ws', connectWith(WebSocket as unknown as WebSocketConstructor)],
  ['a request for sessions', (url, traceparent) => new SessionsApi({ url, traceparent }).list()],
  ['a request for files', (url, traceparent) => new FilesApi({ url, traceparent }).list('some')],
];

function connectWith(webSocket?: WebSocketConstructor) {
  return (url: string, traceparent: Traceparent) =>
    new AepClient({
      ...{ url, workerType: 'demo', reconnect: false, traceparent },
      ...(webSocket ? { webSocket } : {}),
    }).connect();
}

test.each(ways)('a trace goes on in the gateway with %s', async (_, ask) => {
  expect(await headersOf((url) => ask(url, () => value))).toMatchObject({ traceparent: value });
});

test.each(ways)('tracing never breaks %s', async (_, ask) => {
  const broken: Traceparent[] = [
    () => undefined,
    () => '00-\r\nx-api-key: stolen',
    () => {
      throw new Error('no tracer');
    },
  ];
  for (const traceparent of broken) {
    const headers = await headersOf((url) => ask(url, traceparent));
    expect(headers).not.toHaveProperty('traceparent');
    expect(headers).not.toHaveProperty('x-api-key');
  }
});
