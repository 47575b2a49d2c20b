import { AepClient, type ConnectionState } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { ask } from '../support/ask.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { openTokenService } from '../support/token-service.ts';

const service = openTokenService();
let gateway: RunningGateway;
beforeAll(async () => {
  const env = { HOTPLEX_SECURITY_REAUTH_GRACE: '2s', HOTPLEX_SECURITY_REVOCATION_CHECK: '200ms' };
  gateway = await startGateway({ env: { ...service.env, ...env } });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  service[Symbol.dispose]();
});

const endsIn = (seconds: number) => ({ exp: Math.floor(Date.now() / 1_000) + seconds });
type Options = Partial<ConstructorParameters<typeof AepClient>[0]>;

/** A client, what its connection went through, and how often it was asked for another credential. */
function open(options: Options) {
  const client = new AepClient({
    ...{ url: gateway.url, workerType: 'demo', reconnect: { minMs: 1, maxMs: 20 } },
    ...options,
  });
  const states: ConnectionState[] = [];
  const reauths: unknown[] = [];
  client.onConnection((state) => states.push(state));
  client.onNotice(({ event }) => {
    if (event.type === 'control' && event.data.action === 'reauth') reauths.push(event.data);
  });
  return { client, reauths, states };
}
const closed = (client: AepClient) =>
  expect.poll(() => client.connection, { timeout: 10_000 }).toMatchObject({ status: 'closed' });

test('[J6] [H8] a socket lives through the ends of its tokens, and a turn does not notice', async () => {
  let given = 0;
  const auth = () => service.tokenOf('alice', endsIn(given++ === 0 ? 2 : 3));
  const { client, reauths, states } = open({ auth });
  await client.connect();
  const asked = new Promise<string>((resolve) => {
    client.onEvent(({ event }) => event.type === 'permission_request' && resolve(event.data.id));
  });
  const turn = client.prompt('permission');
  const permission = await asked;
  await expect.poll(() => reauths.length, { timeout: 15_000 }).toBe(2);
  expect(reauths[0]).toMatchObject({ reason: 'expired', details: { grace_ms: 2_000 } });
  await client.respondToPermission(permission, { allowed: true });
  expect((await turn.done).success).toBe(true);
  expect(states.map(({ status }) => status)).toEqual(['connecting', 'ready']);
  expect(given).toBeGreaterThanOrEqual(3);
  client.close();
});

test('[J6] without another token the socket closes after the grace; the turn goes on for whoever comes next', async () => {
  const { client, reauths } = open({ auth: service.tokenOf('bob', endsIn(1)) });
  const { session_id: sessionId } = await client.connect();
  const asked = new Promise<string>((resolve) => {
    client.onEvent(({ event }) => event.type === 'permission_request' && resolve(event.data.id));
  });
  client.prompt('permission').done.catch(() => {});
  const permission = await asked;
  await closed(client);
  expect(reauths).toContainEqual({ action: 'reauth', reason: 'expired', details: { grace_ms: 2_000 } });
  expect(client.connection).toMatchObject({ cause: { code: 'UNAUTHORIZED' } });

  const { client: next } = open({ auth: service.tokenOf('bob'), sessionId, lastSeq: client.lastSeq });
  expect((await next.connect()).pending).toEqual([permission]);
  const ended = new Promise<boolean>((resolve) => {
    next.onEvent(({ event }) => event.type === 'done' && resolve(event.data.success));
  });
  await next.respondToPermission(permission, { allowed: true });
  expect(await ended).toBe(true);
  next.close();
});

test('[J6] [R3] a client that could not renew in time comes back by itself and has the whole answer', async () => {
  let given = 0;
  const auth = async () => {
    given += 1;
    if (given === 2) throw new Error('the identity provider is down');
    return service.tokenOf('carol', given === 1 ? endsIn(1) : {});
  };
  const { client, states } = open({ auth });
  await client.connect();
  await expect
    .poll(() => states.filter(({ status }) => status === 'ready').length, { timeout: 10_000 })
    .toBe(2);
  expect(states[2]).toMatchObject({ status: 'reconnecting', cause: { details: { close_code: 4401 } } });
  expect((await client.prompt('flood 30').done).text).toBe(floodText(30));
  client.close();
});

const post = (path: string, headers: Record<string, string>, body = '{}') =>
  ask(gateway.port, `/api/auth/${path}`, {
    method: 'POST',
    ...{ body, headers: { origin: gateway.url, 'content-type': 'application/json', ...headers } },
  });
/** A browser, signed in with a link of a gateway that was just started. */
async function signIn() {
  await gateway.restart();
  const code = new URL(gateway.signInLink).hash.slice('#code='.length);
  const { body, headers } = await post('sign-in', {}, JSON.stringify({ code }));
  const jar = { cookie: String(headers['set-cookie']).split(';', 1)[0] ?? '' };
  const { access_token: token } = JSON.parse(body) as { access_token: string };
  return { token, jar };
}

test('[J8] who signs out is out on every socket, at once; other sign-ins of the same person stay', async () => {
  const { token, jar } = await signIn();
  const out = open({ auth: token });
  const stays = open({ auth: service.tokenOf('local') });
  await Promise.all([out.client.connect(), stays.client.connect()]);
  expect((await post('sign-out', jar)).status).toBe(204);
  await closed(out.client);
  expect(out.reauths).toEqual([]);
  expect(stays.states.map(({ status }) => status)).toEqual(['connecting', 'ready']);
  stays.client.close();
});

// Last: until its second is over, tokens of this user whose signer reads the clock to the second are refused.
test('[J8] [jupyter#1566] who signs out everywhere is out in every browser and on every socket; other users and keys are not', async () => {
  const phone = await signIn();
  const laptop = await signIn();
  const sockets = [phone.token, laptop.token, service.tokenOf('alice')].map((auth) => open({ auth }));
  await Promise.all(sockets.map(({ client }) => client.connect()));
  const bearer = { authorization: `Bearer ${phone.token}` };
  expect((await post('sign-out-everywhere', { 'x-api-key': apiKey })).status).toBe(403);
  const ofBot = `Bearer ${service.tokenOf('alice', { bot_id: 'bot-1' })}`;
  expect((await post('sign-out-everywhere', { authorization: ofBot })).status).toBe(403);
  expect((await post('sign-out-everywhere', bearer)).status).toBe(204);
  await Promise.all(sockets.slice(0, 2).map(({ client }) => closed(client)));
  expect((await post('refresh', laptop.jar)).status).toBe(401);
  expect((await post('ticket', bearer)).status).toBe(401);
  expect((await post('ticket', { 'x-api-key': apiKey })).status).toBe(200);
  expect(sockets[2]?.client.connection.status).toBe('ready');
  sockets[2]?.client.close();
});
