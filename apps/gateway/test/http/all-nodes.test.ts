import { once } from 'node:events';
import { request } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import { json } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { callerHeaders } from '../../src/auth/forwarded-caller.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { patienceMs } from '../../src/http/admin/ask-peer.ts';
import type { Peers } from '../../src/http/admin/peers.ts';
import { answerApi } from '../../src/http/answer-api.ts';
import { createNodeServer } from '../../src/http/node-server.ts';
import { apiKey } from '../auth/open-door.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { openAdmin, watcherToken } from './open-admin.ts';
import { openGateway } from './open-gateway.ts';

type Connect = Peers['connect'];

/** The node `a`, which operators ask, and beside it `b`; whatever others there are do not answer, each in its way. */
async function openNodes(others: Record<string, Connect> = {}) {
  const clock = createManualClock();
  const b = await openGateway();
  const door = createNodeServer({
    router: { place: async () => ({ life: 'another' }) },
    answer: (asked, response, caller) => answerApi(b.api, caller)(asked, response),
    openSocket() {
      throw new Error('nobody opens a socket here');
    },
    logger: silentLogger,
  });
  const ways: Record<string, Connect> = { b: async () => streamTo(door.take), ...others };
  const asked: string[] = [];
  const a = await openAdmin({
    peers: {
      ...{ isAlone: false, self: { name: 'a', life: 'life of a' }, clock },
      others: () => Object.keys(ways).map((name) => ({ name, life: `life of ${name}` })),
      async connect(life) {
        const name = life.replace('life of ', '');
        asked.push(name);
        const way = ways[name];
        if (!way) throw new Error(`there is no way to ${name}`);
        return way(life);
      },
    },
  });
  return { a, b, asked, clock, door };
}

const streamTo = (take: (stream: Duplex) => void): Duplex => {
  const [near, far] = duplexPair();
  take(far);
  return near;
};

/** Has an agent at work there. */
async function begin({ door, sessions }: Pick<Awaited<ReturnType<typeof openGateway>>, 'door' | 'sessions'>) {
  const identity = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const session = sessions.open({ identity, workerType: 'scripted', key: 'one' });
  session.prompt({ inputId: 'i1', content: 'words', author: identity.subject });
  return { id: session.record.id, owner: identity.subject };
}

/** What the door of a node is asked by another one, in the name of somebody with these scopes. */
async function askAsNode(door: { take(stream: Duplex): void }, scopes: readonly 'stats:read'[]) {
  const identity = {
    ...{ subject: 'olga', botId: null, role: 'driver' as const, scopes: [...scopes] },
    ...{ method: 'token' as const, expiresAt: null, tokenId: null, signedInAt: null },
  };
  const caller = { identity, address: '10.0.0.1', origin: null, sessionId: null, secret: null };
  const sent = request({
    createConnection: () => streamTo(door.take),
    ...{ path: '/api/admin/stats', headers: { host: 'node.invalid', ...callerHeaders(caller) } },
  });
  sent.end();
  const [answer] = await once(sent, 'response');
  return { status: answer.statusCode, body: await json(answer) };
}

describe('what operators ask of a cluster', () => {
  test('is answered for all nodes together, with a part for each', async () => {
    const { a, b } = await openNodes();
    const [here, there] = [await begin(a), await begin(b)];
    const { body: stats } = await a.ask('GET /admin/stats');
    expect(stats).toMatchObject({
      gateway: { websocket_connections: 12, sessions_active: 1, sessions_total: 1 },
      workers: { scripted: { sessions: 2, processes: 4, memory_bytes: 2 ** 21, avg_memory_mb: 1 } },
      database: { sessions_count: 1, size_bytes: 0 },
      nodes: [
        { name: 'a', is_self: true, report: { workers: { scripted: { sessions: 1 } } } },
        { name: 'b', is_self: false, report: { gateway: { websocket_connections: 6 } } },
      ],
    });
    expect(stats.nodes[1].report).not.toHaveProperty('database');
    const { body: pool } = await a.ask('GET /admin/pool');
    expect(pool.total).toBe(2);
    expect(pool.users).toEqual({ [here.owner]: 2 });
    expect(pool.nodes.map(({ report }: { report: { total: number } }) => report.total)).toEqual([1, 1]);
    expect(pool.max).toBe(2 * pool.nodes[0].report.max);
    expect(pool.max_per_user).toBe(pool.nodes[0].report.max_per_user);
    for (const path of ['/status', '/admin/status']) {
      const { body: status } = await a.ask(`GET ${path}`);
      expect(status).toMatchObject({
        connections: 12,
        workers: [
          { node: 'a', session_id: here.id },
          { node: 'b', session_id: there.id },
        ],
      });
      expect(status.nodes[1].report).not.toHaveProperty('workers');
    }
  });

  test('is answered within two seconds, whatever a node does that hangs', async () => {
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    const { a, clock } = await openNodes({
      'hangs at the door': () => new Promise(() => {}),
      async 'hangs behind it'() {
        return streamTo((far) => {
          far.resume();
          // Nothing is promised any more that would have been done before this.
          far.once('data', () => resolve());
        });
      },
      'is gone': () => Promise.reject(new Error('gone')),
      async 'says something else'() {
        return streamTo((far) =>
          far.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n\r\n{"a":1}'),
        );
      },
      async 'refuses it'() {
        return streamTo((far) => far.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n{}'));
      },
    });
    const asking = a.ask('GET /admin/stats');
    await reached;
    clock.advance(patienceMs - 1);
    const early = await Promise.race([asking, new Promise((pass) => setImmediate(pass, 'waits'))]);
    expect(early).toBe('waits');
    clock.advance(1);
    const { status, body } = await asking;
    expect(status).toBe(200);
    const answered = body.nodes.filter(({ report }: { report: object | null }) => report !== null);
    expect(body.nodes).toHaveLength(7);
    expect(answered.map(({ name }: { name: string }) => name)).toContain('a');
    expect(body.gateway.websocket_connections).toBe(6 * answered.length);
    for (const { name, report } of body.nodes)
      if (name !== 'a' && name !== 'b') expect(report, name).toBeNull();
  });

  test('and of one node by its name is answered by that one, as if it were alone', async () => {
    const { a, b, asked } = await openNodes();
    const { id } = await begin(b);
    for (const path of ['stats', 'pool', 'status', 'sessions', 'logs', 'policy/decisions']) {
      const { status, body } = await a.ask(`GET /admin/${path}?node=b`);
      expect(status, path).toBe(200);
      expect(body, path).not.toHaveProperty('nodes');
      if (path === 'pool') expect(body).toMatchObject({ total: 1 });
      if (path === 'sessions') expect(body.sessions).toMatchObject([{ id }]);
      if (path === 'status') expect(body.workers).toMatchObject([{ session_id: id }]);
    }
    expect((await a.ask('GET /status?node=b')).body.workers).toHaveLength(1);
    expect(asked).toEqual(Array(7).fill('b'));
    const own = (await a.ask('GET /admin/pool?node=a')).body;
    expect(own).toMatchObject({ total: 0 });
    expect(own).not.toHaveProperty('nodes');
    expect(asked).toHaveLength(7);
    expect(await a.ask('GET /admin/pool?node=c')).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_MESSAGE' } },
    });
  });

  test('of one node that hangs is refused in time', async () => {
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    const { a, clock } = await openNodes({
      hung: () => {
        resolve();
        return new Promise(() => {});
      },
    });
    const asking = a.ask('GET /admin/stats?node=hung');
    await reached;
    clock.advance(patienceMs);
    expect(await asking).toMatchObject({ status: 503, body: { error: { code: 'RECONNECT_REQUIRED' } } });
  });

  test('of a gateway that is alone is answered by its name, too, and of no other', async () => {
    const admin = await openAdmin();
    const [self] = (await admin.ask('GET /admin/nodes')).body.nodes;
    for (const path of ['stats', 'pool', 'status']) {
      const { body } = await admin.ask(`GET /admin/${path}`);
      expect(body).not.toHaveProperty('nodes');
      const named = await admin.ask(`GET /admin/${path}?node=${self.name}`);
      expect(Object.keys(named.body)).toEqual(Object.keys(body));
    }
    expect((await admin.ask('GET /admin/stats?node=another')).status).toBe(400);
  });

  test('[A7] needs its scope where it is asked, and once more at the node that answers', async () => {
    const { a, asked, door } = await openNodes();
    for (const route of [
      'GET /admin/stats',
      'GET /admin/pool',
      'GET /status',
      'GET /admin/logs?node=b',
      'POST /admin/drain?node=b',
    ])
      expect((await a.ask(route, { token: watcherToken })).status, route).toBe(403);
    expect(asked).toEqual([]);
    expect((await a.ask('GET /admin/sessions?node=b', { token: watcherToken })).status).toBe(200);
    expect((await askAsNode(door, [])).status).toBe(403);
    expect(await askAsNode(door, ['stats:read'])).toMatchObject({
      status: 200,
      body: { gateway: { websocket_connections: 6 } },
    });
  });

  test('[L1] is taken down once, where it was asked; a node is emptied by its name', async () => {
    const { a, b } = await openNodes();
    const taken = ({ store }: Pick<typeof a, 'store'>) =>
      store.auditAfter(0, 100).map(({ actor, action }) => `${actor} ${action}`);
    await a.ask('GET /admin/stats');
    expect(await a.ask('POST /admin/drain?node=b&timeout=30m')).toMatchObject({
      status: 202,
      body: { status: 'draining' },
    });
    expect(b.drained).toEqual([1_800_000]);
    expect(a.drained).toEqual([]);
    expect(taken(a)).toEqual(['operator GET /admin/stats', 'operator POST /admin/drain?node=b']);
    expect(taken(b.door)).toEqual([]);
  });
});
