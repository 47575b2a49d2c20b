import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { StartError } from '../../src/ground/start-error.ts';
import { type Answer, createHttpServer } from '../../src/http/http-server.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { openGateway } from './open-gateway.ts';
import { rawRequest, readRaw, speakRaw } from './speak-raw.ts';

async function openServer(answer: Answer) {
  const logged: string[] = [];
  const log = (fields: Record<string, unknown>, message: string) =>
    void logged.push(`${message} ${fields.error}`);
  const clock = createManualClock();
  const server = createHttpServer({
    guard: () => ({ allowed: true }),
    variable: 'HOTPLEX_ADMIN_ADDR',
    logger: { debug: log, info: log, warn: log, error: log },
    ...{ answer, clock },
  });
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  return { server, logged, clock, ...address };
}

test('[G12] a port in use is one sentence that names the setting', async () => {
  const { port, logged } = await openServer(() => {});
  const second = createHttpServer({
    ...{ guard: () => ({ allowed: true }), answer: () => {}, variable: 'HOTPLEX_ADMIN_ADDR' },
    ...{
      clock: createManualClock(),
      logger: { debug() {}, info() {}, warn() {}, error: () => logged.push('') },
    },
  });
  const failed = second.listen({ host: '127.0.0.1', port });
  await expect(failed).rejects.toThrow(StartError);
  await expect(failed).rejects.toThrow(/is in use.*stop it, or set HOTPLEX_ADMIN_ADDR to another address/);
  expect(logged).toEqual([]);
  await second.close();
});

test('[W6] an answer that throws costs its own connection and nothing else', async () => {
  const { port, logged } = await openServer((request, response) => {
    if (request.url === '/broken') throw new Error('broken');
    response.end('fine');
  });
  const broken = await speakRaw(port, rawRequest('GET /broken HTTP/1.1', ['host: x']));
  expect(broken).toEqual({ status: 0, text: '' });
  expect(logged.join()).toContain('a request failed Error: broken');
  expect((await speakRaw(port, rawRequest('GET / HTTP/1.1', ['host: x', 'connection: close']))).status).toBe(
    200,
  );
});

test('[W1] a listener without sockets refuses upgrades', async () => {
  const { port } = await openServer(() => {});
  const request = rawRequest('GET /ws HTTP/1.1', ['host: x', 'connection: upgrade', 'upgrade: websocket']);
  expect((await speakRaw(port, request)).status).toBe(404);
});

test('[G13] a server that closes finishes what it began, takes nothing new and keeps no connection', async () => {
  const begun = Promise.withResolvers<() => void>();
  const { server, port } = await openServer((request, response) => {
    if (request.url === '/slow') begun.resolve(() => response.end('whole'));
    else response.end('quick');
  });
  const agent = new Agent({ keepAlive: true });
  const [kept] = await once(get({ port, agent, path: '/' }), 'response');
  kept.resume();
  await once(kept, 'end');
  const slow = speakRaw(port, rawRequest('GET /slow HTTP/1.1', ['host: x']));
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  const late = readRaw(socket);
  socket.write(rawRequest('GET / HTTP/1.1', ['host: x']));
  await once(socket, 'data');
  const finish = await begun.promise;
  const closed = server.close();
  expect(server.close()).toBe(closed);
  finish();
  expect((await slow).text).toContain('whole');
  await closed;
  expect((await late).status).toBe(200);
  await expect(speakRaw(port, rawRequest('GET / HTTP/1.1', ['host: x']))).rejects.toThrow(/ECONNREFUSED/);
});

test('[G13] what does not finish within the grace is cut off', async () => {
  const arrived = Promise.withResolvers<void>();
  const { server, port, clock } = await openServer(() => arrived.resolve());
  const hanging = speakRaw(port, rawRequest('GET / HTTP/1.1', ['host: x']));
  await arrived.promise;
  const closed = server.close();
  clock.advance(2_000);
  expect((await hanging).status).toBe(0);
  await closed;
});

test('[W3] a socket without a credential in its headers is let in; a wrong one never becomes a socket', async () => {
  const gateway = await openGateway();
  const lines = [`host: 127.0.0.1:${gateway.port}`, 'connection: upgrade', 'upgrade: websocket'];
  const open = async (...more: string[]) =>
    (await speakRaw(gateway.port, rawRequest('GET /ws/v1/agent HTTP/1.1', [...lines, ...more]))).status;
  expect(await open()).toBe(101);
  expect(await open('authorization: Bearer wrong')).toBe(401);
  expect(await open('x-api-key: wrong')).toBe(401);
  expect(await open('authorization: Basic wrong')).toBe(401);
  expect(await open('cookie: hotplex_refresh=x')).toBe(403);
  expect(gateway.opened).toBe(1);
});
