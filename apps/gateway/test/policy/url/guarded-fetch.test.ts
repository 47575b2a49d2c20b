import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { type Clock, systemClock } from '../../../src/ground/clock.ts';
import { createGuardedFetch } from '../../../src/policy/url/guarded-fetch.ts';
import { createManualClock } from '../../support/manual-clock.ts';

/** A server on this machine; on which of its addresses, and how often it was asked. */
async function serve(answer: RequestListener, { host = '127.0.0.1', port = 0 } = {}) {
  const asked: NodeJS.Dict<string | string[]>[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { asked, port: (server.address() as AddressInfo).port };
}

type Answers = readonly (readonly string[])[];

/** A resolver that gives one answer after the other; `files.example` is what the operator allows. */
type Machine = { clock?: Clock; gatewayPorts?: readonly number[]; own?: readonly string[] };
function open(
  names: Record<string, Answers> = {},
  { clock = systemClock, gatewayPorts = [1], own = [] }: Machine = {},
) {
  const asked: string[] = [];
  const fetchGuarded = createGuardedFetch({
    ...{ gatewayPorts, clock, ownAddresses: () => own },
    ...{ allowedHosts: new Set(['files.internal', 'files.example.com', '127.0.0.1']) },
    async resolve(host) {
      const answers = names[host];
      asked.push(host);
      const nth = asked.filter((each) => each === host).length;
      const answer = answers?.[Math.min(nth, answers.length) - 1];
      if (!answer) throw new Error('NXDOMAIN');
      return answer;
    },
  });
  const read = async (url: string, limits = { maxBytes: 1_000, timeoutMs: 5_000 }) => {
    using fetched = await fetchGuarded(url, limits);
    return (await buffer(fetched.body)).toString();
  };
  return { read, asked, fetchGuarded };
}

const local: Answers = [['127.0.0.1']];

test('[U3] what was vetted is dialled, whatever the resolver says a moment later', async () => {
  const wanted = await serve((_, response) => response.end('wanted'));
  const other = await serve((_, response) => response.end('other'), { host: '127.0.0.2', port: wanted.port });
  const { read, asked } = open({ 'files.internal': [['127.0.0.1'], ['127.0.0.2']] });
  expect(await read(`http://files.internal:${wanted.port}/`)).toBe('wanted');
  expect(asked).toEqual(['files.internal']);
  expect(other.asked).toEqual([]);
  expect(wanted.asked[0]).toMatchObject({
    host: `files.internal:${wanted.port}`,
    'accept-encoding': 'identity',
  });
  expect(Object.keys(wanted.asked[0] ?? {}).sort()).toEqual([
    ...['accept', 'accept-encoding', 'connection', 'host', 'user-agent'],
  ]);
});

test('[U3] a public name that leads here, also among others, is not dialled', async () => {
  const here = await serve((_, response) => response.end('secret'));
  const { read } = open({ 'evil.example': [['8.8.8.8', '127.0.0.1']], 'gone.example': [[]] });
  await expect(read(`http://evil.example:${here.port}/`)).rejects.toMatchObject({
    code: 'POLICY_DENIED',
    message: expect.stringContaining('127.0.0.1'),
  });
  await expect(read('http://gone.example/')).rejects.toMatchObject({ code: 'POLICY_DENIED' });
  await expect(read(`http://localhost:${here.port}/`)).rejects.toMatchObject({ code: 'POLICY_DENIED' });
  await expect(read(`http://[::ffff:127.0.0.1]:${here.port}/`)).rejects.toMatchObject({
    code: 'POLICY_DENIED',
  });
  expect(here.asked).toEqual([]);
});

test('[U1] every spelling but the plain one is refused', async () => {
  const { read } = open();
  for (const url of [
    'file:///etc/passwd',
    'http://u:p@files.internal/',
    'http://files.internal\\@x/',
    'x',
    '',
  ])
    await expect(read(url), url).rejects.toMatchObject({ code: 'POLICY_DENIED' });
});

test('[U5] what the operator allows is never the gateway, nor where a cloud gives out credentials', async () => {
  const gateway = await serve((_, response) => response.end('secret'));
  const names = { 'files.internal': [['127.0.0.1'], ['10.0.0.5', '169.254.169.254']] };
  const { read } = open(names, { gatewayPorts: [gateway.port] });
  const url = `http://files.internal:${gateway.port}/`;
  await expect(read(url)).rejects.toMatchObject({ message: expect.stringContaining('gateway') });
  await expect(read(url)).rejects.toMatchObject({ message: expect.stringContaining('credentials') });
  await expect(read(`http://127.0.0.1:${gateway.port}/`)).rejects.toMatchObject({ code: 'POLICY_DENIED' });
  expect(gateway.asked).toEqual([]);
});

test('[U5] a public address of this machine is not asked, and where it is allowed it is still not the gateway', async () => {
  const own = ['8.8.4.4', '2606:4700::1'];
  const names = { 'me.example': [['8.8.4.4']], 'files.internal': [['2606:4700::1']] };
  const { read } = open(names, { gatewayPorts: [8_888], own });
  for (const url of ['http://me.example:9000/', 'http://8.8.4.4/', 'http://[2606:4700:0::1]/'])
    await expect(read(url), url).rejects.toMatchObject({
      message: expect.stringContaining('of this machine'),
    });
  await expect(read('http://files.internal:8888/')).rejects.toMatchObject({
    message: expect.stringContaining('the gateway itself'),
  });
});

test('[U5] a host that is allowed may be private, whatever its name looks like; another of that name may not', async () => {
  const { port } = await serve((_, response) => response.end('words'));
  const { read } = open({ 'files.example.com': local, 'www.example.com': local });
  expect(await read(`http://files.example.com:${port}/`)).toBe('words');
  await expect(read(`http://www.example.com:${port}/`)).rejects.toMatchObject({ code: 'POLICY_DENIED' });
});

test('[U4] each redirect is vetted anew, and there are few', async () => {
  const secret = await serve((_, response) => response.end('secret'), { host: '127.0.0.2' });
  const start = await serve(({ url }, response) => {
    const to: Record<string, string> = {
      '/again': '/file',
      '/elsewhere': `http://127.0.0.2:${secret.port}/`,
      '/metadata': 'http://169.254.169.254/latest/',
      '/scheme': 'file:///etc/passwd',
      '/round': '/round',
    };
    const location = to[url ?? ''];
    if (location === undefined) return response.end('file');
    response.writeHead(302, { location }).end();
  });
  const { read, asked } = open({ 'files.internal': local });
  const from = `http://files.internal:${start.port}`;
  expect(await read(`${from}/again`)).toBe('file');
  expect(asked).toHaveLength(2);
  for (const path of ['/elsewhere', '/metadata', '/scheme'])
    await expect(read(from + path), path).rejects.toMatchObject({ code: 'POLICY_DENIED' });
  await expect(read(`${from}/round`)).rejects.toMatchObject({
    message: expect.stringContaining('more than 5'),
  });
  expect(secret.asked).toEqual([]);
});

test('[U4] a body has a limit, whether it says its length or not, and is not unpacked', async () => {
  const { port } = await serve(({ url }, response) => {
    if (url === '/long') response.setHeader('content-length', '1001');
    if (url === '/packed') response.setHeader('content-encoding', 'gzip');
    response.write('x'.repeat(600));
    response.end('x'.repeat(url === '/fits' ? 400 : 401));
  });
  const { read } = open();
  const from = `http://127.0.0.1:${port}`;
  expect(await read(`${from}/fits`)).toHaveLength(1_000);
  for (const path of ['/long', '/endless'])
    await expect(read(from + path), path).rejects.toMatchObject({
      details: { reason: 'too_large', limit: 1_000 },
    });
  await expect(read(`${from}/packed`)).rejects.toMatchObject({
    message: expect.stringContaining('compressed'),
  });
});

test('[U4] a server that says nothing, and one that stops in the middle, are given up', async () => {
  const clock = createManualClock();
  const arrived: PromiseWithResolvers<void>[] = [Promise.withResolvers(), Promise.withResolvers()];
  const { port } = await serve(({ url }, response) => {
    if (url === '/drip') response.write('x');
    arrived[url === '/drip' ? 1 : 0]?.resolve();
  });
  const { read } = open({}, { clock });
  for (const [index, path] of ['/silent', '/drip'].entries()) {
    const reading = read(`http://127.0.0.1:${port}${path}`);
    const refused = expect(reading).rejects.toMatchObject({
      message: expect.stringContaining('longer than 5 s'),
    });
    await arrived[index]?.promise;
    clock.advance(5_000);
    await refused;
  }
});

test('[U4] what is not there says so', async () => {
  const { port } = await serve((_, response) => response.writeHead(404).end());
  const { read } = open();
  await expect(read(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
    code: 'INVALID_MESSAGE',
    message: 'the address could not be fetched: it answers 404',
  });
});

test('[U4] [Q1] a body that nobody wants after all is not kept open', async () => {
  const closed = Promise.withResolvers<void>();
  const { port } = await serve((_, response) => {
    response.once('close', closed.resolve);
    response.write('x');
  });
  const { fetchGuarded } = open({}, { clock: createManualClock() });
  {
    using fetched = await fetchGuarded(`http://127.0.0.1:${port}/`, { maxBytes: 1_000, timeoutMs: 5_000 });
    expect(fetched.url.port).toBe(String(port));
  }
  await closed.promise;
});
