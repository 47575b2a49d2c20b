import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock as clock } from '../../../src/ground/clock.ts';
import { createGuardedPost } from '../../../src/policy/url/guarded-post.ts';

const post = createGuardedPost({
  ...{ clock, gatewayPorts: [1], ownAddresses: () => [] },
  resolve: async () => ['127.0.0.1'],
});

/** A receiver on this machine, and what it was sent. */
async function receive(status = 200) {
  const got: { method: string | undefined; body: string; signature: unknown }[] = [];
  const server = createServer(async (request, response) => {
    got.push({
      ...{ method: request.method, body: await text(request) },
      signature: request.headers['webhook-signature'],
    });
    response.writeHead(status, { location: '/elsewhere' }).end('taken');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { got, url: `http://hooks.internal:${(server.address() as AddressInfo).port}/` };
}

const asked = { headers: { 'webhook-signature': 'v1,x' }, body: '{}', timeoutMs: 5_000 };

test('[U3] an address of the own network is posted to only if the operator says so', async () => {
  const { got, url } = await receive();
  await expect(post({ ...asked, url, mayBePrivate: false })).rejects.toMatchObject({ code: 'POLICY_DENIED' });
  expect(got).toEqual([]);
  const answer = await post({ ...asked, url, mayBePrivate: true });
  expect(answer).toEqual({ status: 200, body: 'taken' });
  expect(got).toEqual([{ method: 'POST', body: '{}', signature: 'v1,x' }]);
});

test('[U5] a cloud’s metadata and the gateway itself are never posted to', async () => {
  for (const url of ['http://169.254.169.254/latest', 'http://127.0.0.1:1/'])
    await expect(post({ ...asked, url, mayBePrivate: true })).rejects.toMatchObject({
      code: 'POLICY_DENIED',
    });
});

test('[U4] a redirect is not followed', async () => {
  const { got, url } = await receive(307);
  expect(await post({ ...asked, url, mayBePrivate: true })).toMatchObject({ status: 307 });
  expect(got).toHaveLength(1);
});

test('[U4] an answer that breaks off says so in our words', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('x');
    setImmediate(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  const url = `http://hooks.internal:${(server.address() as AddressInfo).port}/`;
  await expect(post({ ...asked, url, mayBePrivate: true })).rejects.toMatchObject({
    ...{ code: 'INVALID_MESSAGE', message: 'the address could not be fetched: it broke off' },
  });
});
