import { AepClient } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { openCluster } from '../support/open-cluster.ts';
import { apiKey, type RunningGateway } from '../support/start-gateway.ts';

const open = ({ url }: RunningGateway) =>
  new AepClient({ url, workerType: 'demo', auth: apiKey, reconnect: false });

/** The answer to the upgrade is 429, of which a WebSocket tells no more than this. */
const tooMany = { code: 'CONNECTION_LOST' };

test('[B4] a user has as many connections at all nodes together as at one, and those of a lost node no more', async () => {
  await using cluster = await openCluster();
  const env = { HOTPLEX_LIMITS_KEY_CONNECTIONS: '2' };
  const a = await cluster.startNode('a', env);
  const b = await cluster.startNode('b', env);
  using first = open(a);
  await first.connect();
  using second = open(a);
  await second.connect();
  /** Why another one is not let in there; it does not stay. */
  const refused = async (node = b) => {
    using third = open(node);
    return await third.connect().then(
      () => undefined,
      (error: unknown) => error,
    );
  };
  await expect.poll(() => refused()).toMatchObject(tooMany);
  second.close();
  await expect.poll(() => refused()).toBeUndefined();
  // That one is told of as gone, too, before the next one comes to the other node.
  await expect.poll(() => refused(a)).toBeUndefined();
  using again = open(a);
  await again.connect();
  await expect.poll(() => refused()).toMatchObject(tooMany);
  await a.kill();
  await expect.poll(() => refused()).toBeUndefined();
});

test('[G10] a user has as many agents at all nodes together as at one, and those of a lost node no more', async () => {
  await using cluster = await openCluster();
  const env = { HOTPLEX_WORKER_POOL_MAX_PER_USER: '1' };
  const a = await cluster.startNode('a', env);
  const b = await cluster.startNode('b', env);
  using first = open(a);
  await first.connect();
  await first.prompt('flood 3').done;
  const refusal = async () => {
    using second = open(b);
    await second.connect();
    const { text } = await second.prompt('flood 3').done.catch((error: unknown) => ({ text: error }));
    return text;
  };
  await expect.poll(refusal).toMatchObject({ code: 'RATE_LIMITED' });
  await a.kill();
  await expect.poll(refusal).toEqual(expect.any(String));
});
