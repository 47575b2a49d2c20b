import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EgressProxy, type FindRoute } from '../../src/egress/egress-proxy.ts';
import { silentLogger } from '../../src/ground/logger.ts';

const folder = mkdtempSync(join(tmpdir(), 'egress-'));
const socketPath = join(folder, 'proxy.sock');
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const service = createServer((request, response) => answer(request, response));
let port = 0;
/** A decision that takes its time. */
let held: { asked: PromiseWithResolvers<void>; until: PromiseWithResolvers<void> };
let proxy: EgressProxy;

/** The service by a name that no resolver knows, and a port where nobody is. */
const findRoute: FindRoute = async (authority) => {
  if (authority.startsWith('held')) {
    held.asked.resolve();
    await held.until.promise;
  }
  if (authority === 'refused') return { kind: 'refused', reason: 'it is not listed' };
  const at = authority === 'nobody' ? 1 : port;
  return { kind: 'allowed', host: 'service.invalid', port: at, addresses: ['127.0.0.1'] };
};

beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  port = (service.address() as AddressInfo).port;
});
beforeEach(async () => {
  held = { asked: Promise.withResolvers(), until: Promise.withResolvers() };
  proxy = await EgressProxy.open({ folder, socketName: 'proxy.sock', findRoute, logger: silentLogger });
});
afterEach(() => proxy.close());
afterAll(() => {
  service.close();
  rmSync(folder, { recursive: true });
});

/** As a program asks its proxy for a plain URL. */
function ask(
  path: string,
  { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(
      { socketPath, agent: false, path, headers, method: body === '' ? 'GET' : 'POST' },
      resolve,
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Asks for a tunnel and says what came back first. */
async function tunnel(authority: string): Promise<{ socket: Socket; said: string }> {
  const socket = connect(socketPath);
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  const said = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
  return { socket, said: said.toString() };
}

describe('a plain request', () => {
  test('[B4] goes to the address that was decided about, with nothing that was for the proxy alone', async () => {
    const heard = Promise.withResolvers<[IncomingMessage, string]>();
    answer = async (request, response) => {
      heard.resolve([request, await text(request)]);
      response.writeHead(201, { 'x-own': 'yes', connection: 'x-hop', 'x-hop': 'no' }).end('made');
    };
    const said = await ask('http://service.example:81/path?query', {
      headers: { host: 'elsewhere.example', 'proxy-authorization': 'Basic c2VjcmV0', 'x-api-key': 'key' },
      body: 'hello',
    });
    const [{ url, headers }, body] = await heard.promise;
    expect({ url, body }).toEqual({ url: '/path?query', body: 'hello' });
    expect(headers).toMatchObject({ host: 'service.example:81', 'x-api-key': 'key' });
    expect(headers).not.toHaveProperty('proxy-authorization');
    expect([said.statusCode, await text(said)]).toEqual([201, 'made']);
    expect(said.headers).toMatchObject({ 'x-own': 'yes' });
    expect(said.headers).not.toHaveProperty('x-hop');
  });

  test.each(['GET', 'DELETE', 'POST'])(
    '[B4] %s with a body that says no length arrives as one request, with its body',
    async (method) => {
      const heard: string[] = [];
      answer = async (request, response) => {
        heard.push(`${request.method} ${request.url} ${await text(request)}`);
        response.end('heard');
      };
      const body = 'GET /smuggled HTTP/1.1\r\nHost: service.example\r\n\r\n';
      const said = await new Promise<IncomingMessage>((resolve, reject) => {
        const headers = { 'transfer-encoding': 'chunked' };
        const path = 'http://service.example/path';
        const asked = request({ socketPath, agent: false, path, headers, method }, resolve);
        asked.on('error', reject);
        asked.end(body);
      });
      expect([said.statusCode, await text(said)]).toEqual([200, 'heard']);
      expect(heard).toEqual([`${method} /path ${body}`]);
    },
  );

  test('[B4] has its answer as it comes, and its end is the end of what was asked', async () => {
    const closed = Promise.withResolvers<void>();
    answer = (_, response) => {
      response.once('close', closed.resolve);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: one\n\n');
    };
    const said = await ask('http://service.example/');
    const first = await new Promise<Buffer>((resolve) => said.once('data', resolve));
    expect(first.toString()).toBe('data: one\n\n');
    said.destroy();
    await closed.promise;
  });

  test.each([
    ['http://refused/', 403, 'it is not listed'],
    ['http://nobody/', 502, 'ECONNREFUSED'],
    ['/no/proxy/request', 400, 'http://'],
    ['https://service.example/', 400, 'CONNECT'],
  ])('[B4] for %s is answered with %i', async (url, status, words) => {
    const said = await ask(url);
    expect([said.statusCode, await text(said)]).toEqual([status, expect.stringContaining(words)]);
  });
});

test('[B4] an answer that cannot be passed on is a failure of that request alone', async () => {
  answer = (_, { socket }) => void socket?.end('HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n');
  expect((await ask('http://service.example/')).statusCode).toBe(502);
});

describe('a tunnel', () => {
  test('[B4] carries bytes both ways until either end is gone', async () => {
    answer = (_, response) => response.end('through');
    const { socket, said } = await tunnel('service.example:443');
    expect(said).toMatch(/^HTTP\/1\.1 200 /);
    socket.end('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await text(socket)).toContain('through');
  });

  test.each([
    ['refused', '403', 'it is not listed'],
    ['nobody', '502', 'ECONNREFUSED'],
  ])('[B4] to %s is answered with %s', async (authority, status, words) => {
    const { said } = await tunnel(authority);
    expect(said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*${words}`));
  });

  test('[B4] ends with the proxy, whose socket is for its user alone', async () => {
    const { socket } = await tunnel('service.example:443');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await proxy.close();
    await ended;
  });
});

test.each(['GET http://held/', 'CONNECT held:443'])(
  '[B4] %s of somebody who left before it was decided leaves no connection behind',
  async (what) => {
    const ends: Promise<unknown>[] = [];
    const note = (connection: Socket) => ends.push(new Promise((ended) => connection.once('close', ended)));
    service.on('connection', note);
    const socket = connect(socketPath);
    socket.write(`${what} HTTP/1.1\r\nHost: held\r\n\r\n`);
    await held.asked.promise;
    socket.destroy();
    expect((await ask('http://refused/')).statusCode).toBe(403);
    held.until.resolve();
    answer = (_, response) => response.end('mine');
    expect(await text(await ask('http://service.example/'))).toBe('mine');
    service.off('connection', note);
    await Promise.all(ends);
  },
);

test('[G8] a gateway takes the place of one that was killed', async () => {
  const next = await EgressProxy.open({ folder, socketName: 'proxy.sock', findRoute, logger: silentLogger });
  answer = (_, response) => response.end('again');
  expect(await text(await ask('http://service.example/'))).toBe('again');
  await next.close();
});
