import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { openCluster, type TestCluster } from '../support/open-cluster.ts';
import { freePort } from '../support/operators.ts';
import { apiKey, type RunningGateway } from '../support/start-gateway.ts';

const token = 'operators-0123456789abcdef0123456789abcdef';
/** Of somebody who may look at sessions and at nothing else. */
const watcher = 'watchers-0123456789abcdef0123456789abcdef';

type Node = { gateway: RunningGateway; port: number };
let cluster: TestCluster;
let a: Node;
let b: Node;
beforeAll(async () => {
  cluster = await openCluster();
  const start = async (name: string): Promise<Node> => {
    const port = await freePort();
    const gateway = await cluster.startNode(name, {
      ...{ HOTPLEX_ADMIN_ADDR: `127.0.0.1:${port}`, HOTPLEX_ADMIN_TOKEN: token },
      ...{ HOTPLEX_ADMIN_REQUESTS_PER_SECOND: '1000', HOTPLEX_ADMIN_REQUESTS_BURST: '1000' },
      HOTPLEX_ADMIN_TOKENS: JSON.stringify([{ name: 'watcher', token: watcher, scopes: ['session:read'] }]),
      // A node that stands still is one of them for the whole test.
      HOTPLEX_CLUSTER_LEASE: '5m',
    });
    return { gateway, port };
  };
  [a, b] = await Promise.all([start('a'), start('b')]);
});
afterAll(() => cluster[Symbol.asyncDispose]());

/** Asks the operators' port of this node. */
const asked = async (
  { port }: Node,
  path: string,
  { method = 'GET', as = token }: { method?: string; as?: string } = {},
) => {
  const { status, body } = await ask(port, path, { method, headers: { authorization: `Bearer ${as}` } });
  return { status, body: body === '' ? undefined : JSON.parse(body) };
};

/** What all nodes together say. One that has much to do may be late, and is asked anew. */
async function whole(node: Node, path: string) {
  const answers: Awaited<ReturnType<typeof asked>>[] = [];
  await expect
    .poll(async () => {
      answers.unshift(await asked(node, path));
      return answers[0]?.body.nodes.map(({ report }: { report: object | null }) => report !== null);
    })
    .toEqual([true, true]);
  return answers[0]?.body;
}

/** What the node `b` says of itself, asked through `a`. */
async function ofB(path: string) {
  const answers: Awaited<ReturnType<typeof asked>>[] = [];
  const ask = async () => answers.unshift(await asked(a, `${path}?node=b`)) && answers[0]?.status;
  await expect.poll(ask).toBe(200);
  return answers[0]?.body;
}

/** A session with an agent at this node, and its client. */
async function begin({ gateway: { url } }: Node) {
  const client = new AepClient({ url, workerType: 'demo', auth: apiKey, reconnect: false });
  const { session_id: id } = await client.connect();
  await client.prompt('pid').done;
  return { client, id, [Symbol.dispose]: () => client.close() };
}

test('[R4] operators see at any node what holds for all, each node alone, and reach every session', async () => {
  using first = await begin(a);
  using second = await begin(b);
  using third = await begin(b);
  // Its session is at the other node, and its socket is still one.
  using watching = new AepClient({
    ...{ url: a.gateway.url, auth: apiKey, workerType: 'demo', reconnect: false, sessionId: second.id },
  });
  await watching.connect();

  for (const node of [a, b]) {
    const seen = () => whole(node, '/admin/stats');
    await expect.poll(async () => (await seen()).workers.demo?.sessions).toBe(3);
    const stats = await seen();
    const reports = stats.nodes.map(({ report }: { report: { gateway: object } }) => report);
    const sumOf = (figure: string) =>
      reports.reduce((total: number, { gateway }: { gateway: Record<string, number> }) => {
        return total + (gateway[figure] ?? Number.NaN);
      }, 0);
    expect(stats.gateway).toMatchObject({
      ...{ sessions_active: 3, sessions_total: 3, websocket_connections: 4 },
      memory_bytes: sumOf('memory_bytes'),
    });
    expect(sumOf('websocket_connections')).toBe(4);
    expect(stats.database.sessions_count).toBe(3);
    expect(stats.nodes[0]).toMatchObject({ name: node === a ? 'a' : 'b', is_self: true });
    const status = await whole(node, '/status');
    const workers = status.workers.map((worker: { node: string; session_id: string }) => [
      worker.session_id,
      worker.node,
    ]);
    expect(new Map(workers)).toEqual(
      new Map([
        [first.id, 'a'],
        [second.id, 'b'],
        [third.id, 'b'],
      ]),
    );
    expect(status.sessions).toEqual({ idle: 3 });
    const pool = await whole(node, '/admin/pool');
    expect(pool).toMatchObject({ total: 3, max: 100, utilization: 0.03 });
    expect(Object.values(pool.users)).toEqual([3]);
    const { body: all } = await asked(node, '/admin/sessions');
    expect(all.sessions).toHaveLength(3);
  }

  const stats = await ofB('/admin/stats');
  expect(stats).toMatchObject({
    gateway: { sessions_active: 2, sessions_total: 2, websocket_connections: 2 },
    workers: { demo: { sessions: 2 } },
    database: { sessions_count: 3 },
  });
  expect(stats).not.toHaveProperty('nodes');
  const ids = ({ sessions }: { sessions: { id: string }[] }) => sessions.map(({ id }) => id).toSorted();
  expect(ids((await asked(a, '/admin/sessions?node=a')).body)).toEqual([first.id]);
  expect(ids(await ofB('/admin/sessions'))).toEqual([second.id, third.id].toSorted());
  expect(await ofB('/admin/pool')).toMatchObject({ total: 2, max: 50 });
  expect((await asked(a, '/admin/stats?node=nobody')).status).toBe(400);
  for (const path of ['/admin/stats', '/admin/stats?node=b', '/admin/pool?node=b', '/status'])
    expect((await asked(a, path, { as: watcher })).status, path).toBe(403);
  expect((await asked(a, '/admin/stats?node=b', { as: apiKey })).status).toBe(401);
  expect((await asked(a, '/admin/sessions?node=a', { as: watcher })).status).toBe(200);

  // What acts on a session does so where it is.
  const terminated = `/admin/sessions/${third.id}/terminate`;
  expect((await asked(a, terminated, { method: 'POST', as: watcher })).status).toBe(403);
  expect((await asked(a, terminated, { method: 'POST' })).status).toBe(204);
  expect((await asked(b, `/admin/sessions/${third.id}`)).body).toMatchObject({ state: 'terminated' });
  await expect.poll(async () => (await ofB('/admin/pool')).total).toBe(1);
  expect((await asked(a, `/admin/sessions/${third.id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await asked(b, `/admin/sessions/${third.id}`)).status).toBe(404);

  b.gateway.process.kill('SIGSTOP');
  try {
    const { status, body } = await asked(a, '/admin/stats');
    expect(status).toBe(200);
    expect(body.nodes).toMatchObject([
      { name: 'a', report: { workers: { demo: { sessions: 1 } } } },
      { name: 'b', report: null },
    ]);
    expect(body.workers.demo.sessions).toBe(1);
    expect(body.gateway).toMatchObject({ sessions_active: 2, sessions_total: 2 });
    expect((await asked(a, '/admin/pool')).body.nodes[1]).toMatchObject({ name: 'b', report: null });
    expect((await asked(a, '/status')).body.nodes[1]).toMatchObject({ name: 'b', report: null });
    expect((await asked(a, '/admin/logs?node=b')).body.error).toMatchObject({ code: 'RECONNECT_REQUIRED' });
  } finally {
    b.gateway.process.kill('SIGCONT');
  }
  await expect.poll(async () => (await asked(a, '/admin/stats')).body.nodes[1].report).not.toBeNull();
});

test('[C4] a node is emptied through another, by its name', async () => {
  using client = await begin(b);
  const drain = () => asked(a, '/admin/drain?node=b&timeout=1s', { method: 'POST' });
  await expect.poll(drain).toMatchObject({ status: 202, body: { status: 'draining' } });
  await expect.poll(async () => (await ofB('/admin/stats')).workers).toEqual({});
  const draining = async () => {
    const { nodes } = (await asked(b, '/admin/nodes')).body;
    return nodes.find(({ is_self }: { is_self: boolean }) => is_self).report.is_draining;
  };
  expect(await draining()).toBe(true);
  expect((await asked(a, '/admin/nodes')).body.nodes[0]).toMatchObject({
    ...{ name: 'a', is_self: true, report: { is_draining: false } },
  });
  expect((await asked(a, `/admin/sessions/${client.id}`)).status).toBe(200);
});
