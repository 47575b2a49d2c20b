import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { openCluster, type TestCluster } from '../support/open-cluster.ts';
import { openOperators } from '../support/operators.ts';
import { openRawClient } from '../support/raw-client.ts';
import { apiKey, type RunningGateway } from '../support/start-gateway.ts';

let cluster: TestCluster;
/** The one that stays. */
let staying: RunningGateway;
beforeAll(async () => {
  cluster = await openCluster();
  staying = await cluster.startNode('staying');
});
afterAll(() => cluster[Symbol.asyncDispose]());

/** A node that is to be emptied, how, and a turn there that waits for a permission. */
async function openTurn(env: Record<string, string>) {
  const operators = await openOperators({ node: 'leaving' });
  const node = await cluster.startNode('leaving', { ...operators.env, ...env });
  const client = await openRawClient(node.port, { 'x-api-key': apiKey });
  client.send('init', { version: 'aep/v1', worker_type: 'demo' });
  const { session_id: id } = await client.heard('init_ack');
  client.send('input', { content: 'permission' });
  await client.heard('permission_request');
  return { operators, node, client, id };
}

/** A client that comes to the node that stays. */
const openThere = (sessionId: string, lastSeq: number) =>
  new AepClient({
    ...{ url: staying.url, workerType: 'demo', auth: apiKey, reconnect: { minMs: 20, maxMs: 200 } },
    ...{ sessionId, lastSeq },
  });

test('[C4] [P1] while a node is emptied, a client that comes back through another answers what a turn there asks', async () => {
  const { operators, node, client, id } = await openTurn({ HOTPLEX_GATEWAY_DRAIN_TIMEOUT: '5m' });
  expect((await operators.drain()).status).toBe(202);
  client[Symbol.dispose]();
  using back = openThere(id, 0);
  const ended = new Promise<boolean>((resolve) => {
    back.onEvent(({ event }) => {
      if (event.type === 'permission_request')
        void back.respondToPermission(event.data.id, { allowed: true });
      if (event.type === 'done') resolve(event.data.success);
    });
  });
  await back.connect();
  expect(await ended).toBe(true);
  // The session is given away then, and goes on where its client is.
  expect((await back.prompt('flood 7').done).text).toBe(floodText(7));
  await expect.poll(operators.agents).toBe(0);
  await node.stop();
});

test('[C4] [S6] a node that is emptied gives away what did not end in time, and agents that it would have kept', async () => {
  const { operators, node, client, id } = await openTurn({
    ...{ HOTPLEX_GATEWAY_DRAIN_TIMEOUT: '300ms', HOTPLEX_WORKER_KEEP_ON_STOP: 'true' },
  });
  client.send('input', { content: 'flood 3' }, 'waits');
  await client.heard('input', ({ content }) => content === 'flood 3');
  expect((await operators.drain()).status).toBe(202);
  const { event } = await client.heard('done');
  expect(event.data).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
  await expect.poll(operators.agents).toBe(0);
  // It still runs, and has nothing any more: what waited runs at the other.
  using elsewhere = openThere(id, 0);
  const texts: string[] = [];
  const ran = new Promise<void>((resolve) => {
    elsewhere.onEvent(({ event: { type, data } }) => {
      if (type === 'message.delta') texts.push(data.content);
      if (type === 'done' && data.success) resolve();
    });
  });
  await elsewhere.connect();
  await ran;
  expect(texts.join('')).toContain(floodText(3));
  await node.stop();
});
