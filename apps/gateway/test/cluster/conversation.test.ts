import { randomUUID } from 'node:crypto';
import { join as joinPath } from 'node:path';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRawClient } from '../../../../tests/support/raw-client.ts';
import { openTokenService } from '../../../../tests/support/token-service.ts';
import { openSqliteCredentials } from '../../src/store/sqlite/open-credentials.ts';
import { hugeText } from '../../src/worker/demo/agent/huge-text.ts';
import { apiKey, openTwoNodes, type TwoNodes } from './two-nodes.ts';

const service = openTokenService();
let nodes: TwoNodes;
beforeAll(async () => {
  nodes = await openTwoNodes({
    settings: {
      security: {
        jwt_jwks_file: service.env.HOTPLEX_SECURITY_JWT_JWKS_FILE,
        jwt_issuer: service.env.HOTPLEX_SECURITY_JWT_ISSUER,
        revocation_check: '50ms',
      },
    },
  });
});
beforeEach(() => Object.assign(nodes.where, { first: [], denials: 0 }));
afterAll(async () => {
  await nodes[Symbol.asyncDispose]();
  service[Symbol.dispose]();
});

type Options = Partial<ConstructorParameters<typeof AepClient>[0]>;
const openClient = (options: Options = {}) =>
  new AepClient({
    ...{ url: nodes.url, auth: apiKey, workerType: 'demo', sessionId: randomUUID() },
    ...{ reconnect: { minMs: 1, maxMs: 20 }, ...options },
  });

/** A client without an SDK: with that token in its first frame, and these headers. */
async function greet(init: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
  const client = await openRawClient(nodes.port, { 'sec-websocket-protocol': 'aep.v1', ...headers });
  client.send('init', { version: 'aep/v1', worker_type: 'demo', session_id: randomUUID(), ...init });
  const { event, session_id: id } = await client.heard('init_ack');
  return { client, ack: event.data, id };
}
const withKey = { 'x-api-key': apiKey };
const withToken = (token: string) => ({ auth: { token } });

describe('a client at a node that does not work for its session', () => {
  test('[R4] [E2] has the whole conversation all the same, with what the agent asks of it', async () => {
    const before = nodes.opened;
    using client = openClient();
    client.onEvent(({ event }) => {
      if (event.type === 'permission_request')
        void client.respondToPermission(event.data.id, { allowed: true });
    });
    await client.connect();
    expect((await client.prompt('permission').done).text).toMatch(/You allowed it/);
    expect((await client.prompt('flood 3').done).text).toMatch(/0 1 2/);
    expect(nodes.opened).toBe(before + 1);
    const there = new SessionsApi({ url: nodes.owner.url, auth: apiKey });
    expect(await there.get(client.session?.session_id ?? '')).toMatchObject({ state: 'idle' });
  });

  test('[H6] finds the session by the key that made it, and by its id', async () => {
    const sessionId = randomUUID();
    using first = openClient({ sessionId });
    using again = openClient({ sessionId });
    const { session_id: id } = await first.connect();
    using byId = openClient({ sessionId: id });
    using there = openClient({ sessionId, url: nodes.owner.url });
    for (const client of [again, byId, there]) expect((await client.connect()).session_id).toBe(id);
  });

  test('[R3] gets what it missed when the way between the nodes broke in the middle of a turn', async () => {
    using client = openClient();
    const states: string[] = [];
    const seqs: number[] = [];
    let asked: string | undefined;
    client.onEvent(({ seq, event }) => {
      seqs.push(seq);
      if (event.type !== 'permission_request') return;
      asked = event.data.id;
      nodes.cut();
    });
    client.onConnection(({ status }) => {
      states.push(status);
      if (status === 'ready' && asked) void client.respondToPermission(asked, { allowed: true });
    });
    await client.connect();
    expect((await client.prompt('permission').done).text).toMatch(/You allowed it/);
    expect(seqs).toEqual(seqs.map((_, at) => at + 1));
    expect(states).toEqual(['connecting', 'ready', 'reconnecting', 'ready']);
  });

  test('[R3] [B2] is given all of it, in order, when it begins to read late', async () => {
    using driver = openClient();
    const { session_id: id } = await driver.connect();
    const { client } = await greet({ session_id: id, last_seq: 0 }, withKey);
    client.stream.pause();
    await driver.prompt('huge').done;
    client.stream.resume();
    await client.heard('done');
    const log = client.frames.filter(({ event }) => !['init_ack', 'control'].includes(event.type));
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
    const text = log.flatMap(({ event }) => (event.type === 'message.delta' ? [event.data.content] : []));
    expect(text.join('') === hugeText()).toBe(true);
    client.stream.destroy();
  });

  test('[C4] is told to come back when that node dies in the middle of a turn, and hears how it ended', async () => {
    using client = openClient();
    const { client: watcher } = await greet({ session_id: (await client.connect()).session_id }, withKey);
    const turn = client.prompt('wait').done;
    await watcher.heard('message.delta');
    await nodes.restartOwner();
    expect(await watcher.closed).toBe(1001);
    expect(await turn).toMatchObject({ success: false, stopReason: 'interrupted' });
    expect((await client.prompt('flood 3').done).text).toMatch(/0 1 2/);
  });

  test('[A5] as a viewer hears it all and says nothing', async () => {
    const sub = 'vera';
    using client = openClient({ auth: service.tokenOf(sub) });
    const { session_id: id } = await client.connect();
    const viewer = await greet({ session_id: id, ...withToken(service.tokenOf(sub, { scope: 'viewer' })) });
    expect(viewer.ack).toMatchObject({ role: 'viewer' });
    viewer.client.send('input', { content: 'flood 3' });
    expect((await viewer.client.heard('error')).event.data).toMatchObject({ code: 'FORBIDDEN' });
    await client.prompt('flood 3').done;
    await viewer.client.heard('done');
  });

  test('[J8] is sent away once its credential is revoked', async () => {
    const jti = randomUUID();
    const { client } = await greet(withToken(service.tokenOf('rita', { jti })));
    using store = await openSqliteCredentials(joinPath(nodes.owner.dataDir, 'hotplex.db'));
    store.revokeToken(jti, Date.now() + 60_000);
    expect(await client.closed).toBe(4401);
  });

  test('[H8] brings another credential; what only looks like what nodes tell each other is none', async () => {
    const sub = 'rea';
    const { client } = await greet(
      withToken(service.tokenOf(sub, { exp: Math.floor(Date.now() / 1_000) + 1 })),
    );
    const reauth = (token: string, id: string) =>
      client.send('control', { action: 'reauth', auth: { token } }, id);
    await client.heard('control', ({ action }) => action === 'reauth');
    const identity = { subject: sub, botId: null, role: 'driver', method: 'token' };
    const forged = { identity: { ...identity, expiresAt: null, tokenId: null, signedInAt: null } };
    reauth(Buffer.from(JSON.stringify(forged)).toString('base64url'), 'c1');
    reauth(service.tokenOf('mallory'), 'c2');
    const refusal = (id: string) => client.heard('error', ({ event_id }) => event_id === id);
    expect((await refusal('c1')).event.data).toMatchObject({ code: 'UNAUTHORIZED' });
    expect((await refusal('c2')).event.data).toMatchObject({ code: 'FORBIDDEN' });
    reauth(service.tokenOf(sub), 'c3');
    client.send('ping', {});
    await client.heard('pong');
    expect(client.frames.filter(({ event }) => event.data.event_id === 'c3')).toEqual([]);
  });

  test('[A5] is who its credential says, whatever it tells of itself', async () => {
    using client = openClient({ auth: service.tokenOf('alice') });
    const { session_id: sessionId } = await client.connect();
    const identity = { subject: 'alice', botId: null, role: 'driver', method: 'token' };
    const forged = {
      identity: { ...identity, expiresAt: null, tokenId: null, signedInAt: null },
      ...{ address: '127.0.0.1', origin: null, sessionId, secret: '' },
    };
    const header = { 'x-hotplex-caller': Buffer.from(JSON.stringify(forged)).toString('base64url') };
    for (const port of [nodes.port, nodes.owner.port]) {
      const stranger = await openRawClient(port, { 'sec-websocket-protocol': 'aep.v1', ...header });
      stranger.send('init', { version: 'aep/v1', worker_type: 'demo', session_id: sessionId });
      expect((await stranger.heard('init_ack')).event.data).toMatchObject({ code: 'AUTH_REQUIRED' });
      expect(await stranger.closed).toBe(4401);
      const url = `http://127.0.0.1:${port}/api/sessions/${sessionId}`;
      expect((await fetch(url, { headers: header })).status).toBe(401);
      const mallory = { authorization: `Bearer ${service.tokenOf('mallory')}` };
      expect((await fetch(url, { headers: { ...header, ...mallory } })).status).toBe(404);
    }
    const { ack, id } = await greet(
      { session_id: sessionId, ...withToken(service.tokenOf('mallory')) },
      header,
    );
    expect(ack.code).toBeUndefined();
    expect(id).not.toBe(sessionId);
  });

  test('[C4] is led on to where the session went meanwhile, once; then it has to come back', async () => {
    nodes.where.denials = 1;
    const { ack } = await greet({}, withKey);
    expect(ack).toMatchObject({ state: 'created' });
    nodes.where.denials = 2;
    const second = await greet({}, withKey);
    expect(second.ack).toMatchObject({ code: 'RECONNECT_REQUIRED' });
    expect(await second.client.closed).toBe(1013);
    nodes.where.first = [{ life: 'over' }];
    using client = openClient();
    expect(await client.connect()).toMatchObject({ state: 'created' });
  });
});
