import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { AepClient } from '@hotplex/client-sdk';
import { expect, onTestFinished, test } from 'vitest';
import { createPushReceiver } from '../../apps/gateway/test/hooks/push-receiver.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

type Pushed = { path: string; headers: IncomingHttpHeaders; body: Buffer };

/** A push service of this machine, which answers as it is told. */
async function openPushService() {
  const pushed: Pushed[] = [];
  const service = { status: 201, pushed };
  const server = createServer(async (request, response) => {
    pushed.push({ path: request.url ?? '', headers: request.headers, body: await buffer(request) });
    response.writeHead(service.status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  return Object.assign(service, { host: `127.0.0.1:${port}` });
}

/** Signs in as a browser does with the printed link, and turns calls on. */
async function signIn({ url, signInLink }: RunningGateway, host: string) {
  const headers = { 'content-type': 'application/json', origin: url };
  const code = new URL(signInLink).hash.slice('#code='.length);
  const answer = await fetch(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ code }),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const ask = (path: string, method = 'GET', body?: object) =>
    fetch(`${url}/api${path}`, {
      ...{ method, headers: { ...headers, authorization: `Bearer ${token}` } },
      ...(body && { body: JSON.stringify(body) }),
    });
  const receiver = createPushReceiver();
  const subscribe = (more: object = {}) =>
    ask('/push/devices', 'POST', {
      endpoint: `http://${host}/for/ann`,
      keys: receiver.keys,
      name: 'a browser',
      ...more,
    });
  const signOut = () =>
    fetch(`${url}/api/auth/sign-out`, { method: 'POST', headers: { ...headers, cookie }, body: '{}' });
  const devices = async () => ((await (await ask('/push/devices')).json()) as { devices: object[] }).devices;
  return { token, ask, receiver, subscribe, signOut, devices };
}

const partsOf = (jwt: string) => jwt.split('.').map((part) => Buffer.from(part, 'base64url'));

test('who does not look is called when an agent asks and when it has finished; the push service reads nothing of it', async () => {
  const service = await openPushService();
  await using gateway = await startGateway({ env: { HOTPLEX_PUSH_HOSTS: service.host } });
  const { token, ask, receiver, subscribe } = await signIn(gateway, service.host);
  expect((await subscribe({ language: 'zh', show_title: true })).status).toBe(200);
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: token });
  const { session_id: sessionId } = await client.connect();
  for await (const { event } of client.prompt('permission please')) {
    if (event.type === 'permission_request') {
      await expect.poll(() => service.pushed.length).toBe(1);
      await client.respondToPermission(event.data.id, { allowed: true });
    }
  }
  await expect.poll(() => service.pushed.length).toBe(2);
  const told = service.pushed.map(({ body }) => JSON.parse(receiver.read(body)));
  const common = { session_id: sessionId, language: 'zh', title: expect.any(String) };
  expect(told).toEqual([
    { ...common, kind: 'asks' },
    { ...common, kind: 'ended' },
  ]);
  const [{ path, headers, body } = { path: '', headers: {}, body: Buffer.alloc(0) }] = service.pushed;
  expect(path).toBe('/for/ann');
  expect(body.includes(sessionId)).toBe(false);
  expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '14400', urgency: 'high' });
  // RFC 8292: signed with the key that the browser subscribed with, for this service.
  const { public_key: known } = (await (await ask('/push/key')).json()) as { public_key: string };
  const [, jwt = '', key = ''] = /^vapid t=(\S+), k=(\S+)$/.exec(headers.authorization ?? '') ?? [];
  expect(key).toBe(known);
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const [, claims = Buffer.alloc(0), signature = Buffer.alloc(0)] = partsOf(jwt);
  const signed = Buffer.from(jwt.slice(0, jwt.lastIndexOf('.')));
  expect(verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
  expect(JSON.parse(claims.toString())).toMatchObject({
    aud: `http://${service.host}`,
    sub: expect.stringMatching(/^mailto:/),
  });
});

test('[U5] an address in a private network that the operator did not name is not asked', async () => {
  const service = await openPushService();
  let logged = '';
  await using gateway = await startGateway({
    env: { HOTPLEX_LOG_LEVEL: 'info' },
    onLog: (text) => {
      logged += text;
    },
  });
  const { token, subscribe, devices } = await signIn(gateway, service.host);
  expect((await subscribe()).status).toBe(200);
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: token });
  await client.connect();
  for await (const _ of client.prompt('help'));
  // It was tried, and came no further than the gateway's own judgement.
  await expect.poll(() => logged).toMatch(/"attempts":1,"problem":"[^"]*not one of the public internet/);
  expect(service.pushed).toEqual([]);
  expect(await devices()).toHaveLength(1);
});

test('a browser that its push service does not know any more is forgotten, and so are those of a sign-in that ends', async () => {
  const service = await openPushService();
  await using gateway = await startGateway({
    env: { HOTPLEX_PUSH_HOSTS: service.host, HOTPLEX_LOG_LEVEL: 'error' },
  });
  const { token, subscribe, devices, signOut } = await signIn(gateway, service.host);
  await subscribe();
  service.status = 410;
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: token });
  await client.connect();
  for await (const _ of client.prompt('help'));
  await expect.poll(devices).toEqual([]);
  service.status = 201;
  await subscribe();
  expect((await signOut()).status).toBe(204);
  for await (const _ of client.prompt('help'));
  expect(service.pushed).toHaveLength(1);
});
