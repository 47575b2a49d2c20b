import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { begun } from '../support/begun.ts';
import { openCluster, type TestCluster } from '../support/open-cluster.ts';
import { apiKey, type RunningGateway } from '../support/start-gateway.ts';
import { wholeLog } from '../support/whole-log.ts';

let cluster: TestCluster;
let a: RunningGateway;
let b: RunningGateway;
beforeAll(async () => {
  cluster = await openCluster();
  [a, b] = await Promise.all([cluster.startNode('a'), cluster.startNode('b')]);
});
afterAll(() => cluster[Symbol.asyncDispose]());

/** A client that finds its way back at another node, as behind a load balancer. */
const open = (gateway: RunningGateway, more: { sessionId?: string; lastSeq?: number } = {}) =>
  new AepClient({
    ...{ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: { minMs: 20, maxMs: 200 }, ...more },
  });
const apiOf = (gateway: RunningGateway) => new SessionsApi({ url: gateway.url, auth: apiKey });

/** Every event once, in order, without gaps; the same at every node. */
async function expectSameLog(nodes: readonly RunningGateway[], id: string): Promise<void> {
  const logs = await Promise.all(nodes.map((node) => wholeLog(apiOf(node), id)));
  for (const log of logs) {
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_event, index) => index + 1));
    expect(log).toEqual(logs[0]);
  }
}

test('any node takes any client: a session begun at one goes on through the other, one log for both', async () => {
  using first = open(a);
  const { session_id: id } = await first.connect();
  expect((await first.prompt('flood 30').done).text).toBe(floodText(30));
  using second = open(b, { sessionId: id, lastSeq: 0 });
  await second.connect();
  const pid = (await first.prompt('pid').done).text;
  expect((await second.prompt('pid').done).text).toBe(pid);
  await expectSameLog([a, b], id);
  expect((await apiOf(b).list({ limit: 50 })).sessions.map((session) => session.id)).toContain(id);
});

test('[C4] a node that is stopped gives its sessions away: what waits runs at the other, once', async () => {
  const leaving = await cluster.startNode('leaving');
  using client = open(leaving);
  const { session_id: id } = await client.connect();
  await client.prompt('flood 10').done;
  await leaving.stop();
  using elsewhere = open(b, { sessionId: id, lastSeq: 0 });
  await elsewhere.connect();
  expect((await elsewhere.prompt('flood 20').done).text).toBe(floodText(20));
  await expectSameLog([a, b], id);
});

test('[S6] [R3] a node that is killed in mid-turn: after its lease others close the turn honestly and run what waited, once', async () => {
  const dying = await cluster.startNode('dying');
  using client = open(dying);
  const { session_id: id } = await client.connect();
  const speaks = begun(client);
  client.prompt('flood 100000 every 1').done.catch(() => undefined);
  await speaks;
  const waiting = client.prompt('flood 7');
  waiting.done.catch(() => undefined);
  await waiting.accepted;
  await dying.kill();
  using elsewhere = open(a, { sessionId: id, lastSeq: 0 });
  const ended: boolean[] = [];
  elsewhere.onEvent(({ event }) => {
    if (event.type === 'done') ended.push(event.data.success);
  });
  await elsewhere.connect();
  await expect.poll(() => ended).toEqual([false, true]);
  await expectSameLog([a, b], id);
  // What the dead node still thinks is its own is not.
  await dying.restart();
  await expectSameLog([a, b, dying], id);
  expect((await elsewhere.prompt('flood 5').done).text).toBe(floodText(5));
  await dying.stop();
});

test('[G8] a node that comes back before its lease is over goes on with its agents: nothing of the turn is lost', async () => {
  // It starts within half of its lease, also on a busy machine.
  const returning = await cluster.startNode('returning', { HOTPLEX_CLUSTER_LEASE: '60s' });
  using client = open(returning);
  const { session_id: id } = await client.connect();
  const pid = (await client.prompt('pid').done).text;
  const speaks = begun(client);
  const turn = client.prompt('flood 300 every 4');
  await speaks;
  await returning.kill();
  await returning.restart();
  expect(await turn.done).toMatchObject({ success: true, text: floodText(300), error: null });
  expect((await client.prompt('pid').done).text).toBe(pid);
  await expectSameLog([a, b, returning], id);
  await returning.stop();
});

test('NATS is away for a while: sessions go on where they are, and nodes find each other again', async () => {
  using client = open(a);
  const { session_id: id } = await client.connect();
  const speaks = begun(client);
  const turn = client.prompt('flood 1500 every 4');
  await speaks;
  await cluster.nats.kill();
  expect((await turn.done).text).toBe(floodText(1_500));
  await cluster.nats.start();
  using second = open(b, { sessionId: id, lastSeq: 0 });
  await second.connect();
  expect((await second.prompt('flood 3').done).text).toBe(floodText(3));
  await expectSameLog([a, b], id);
});
