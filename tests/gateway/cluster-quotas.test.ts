import { setTimeout } from 'node:timers/promises';
import { AepClient } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { begun } from '../support/begun.ts';
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
  // Until that one is gone there is no room for the next one either.
  let again = open(a);
  await expect
    .poll(async () => {
      again.close();
      again = open(a);
      return await again.connect().then(
        () => 'in',
        () => 'refused',
      );
    })
    .toBe('in');
  await expect.poll(() => refused()).toMatchObject(tooMany);
  await a.kill();
  await expect.poll(() => refused()).toBeUndefined();
  again.close();
});

test('[G10] a user has as many agents at all nodes together as at one, and those of a lost node no more', async () => {
  await using cluster = await openCluster();
  const env = { HOTPLEX_WORKER_POOL_MAX_PER_USER: '1' };
  const a = await cluster.startNode('a', env);
  const b = await cluster.startNode('b', env);
  using first = open(a);
  await first.connect();
  await first.prompt('flood 3').done;
  const answer = async () => {
    using another = open(b);
    await another.connect();
    const { done } = another.prompt('flood 3');
    // A prompt that was taken just before the node heard that there is no room waits for it.
    return await Promise.race([
      done.then(
        ({ text }) => text,
        (error: unknown) => error,
      ),
      setTimeout(3_000, 'waits'),
    ]);
  };
  // One that has nothing to do is in nobody's way.
  await expect.poll(answer).toBe('0 1 2 ');
  const speaks = begun(first);
  first.prompt('wait').done.catch(() => {});
  await speaks;
  await expect.poll(answer).toMatchObject({ code: 'RATE_LIMITED' });
  await a.kill();
  await expect.poll(answer).toBe('0 1 2 ');
});

test('[B4] a user may send as many prompts at all nodes together as at one, and all of them at one alone', async () => {
  await using cluster = await openCluster();
  const limit = 30;
  const env = { HOTPLEX_LIMITS_KEY_INPUTS_PER_MINUTE: `${limit}` };
  const a = await cluster.startNode('a', env);
  const b = await cluster.startNode('b', env);
  using atA = open(a);
  using atB = open(b);
  await atA.connect();
  const { session_id: sessionId } = await atB.connect();
  // Who is led from one node to the other is at one that knows both.
  using led = new AepClient({ url: a.url, workerType: 'demo', auth: apiKey, reconnect: false, sessionId });
  await led.connect();
  let passed = 0;
  const send = async (client: AepClient) => {
    const answer = await client.prompt('flood 3').done.then(
      ({ text }) => text,
      (error: { code: string }) => error.code,
    );
    expect(['0 1 2 ', 'RATE_LIMITED']).toContain(answer);
    if (answer === 'RATE_LIMITED') return false;
    passed += 1;
    return true;
  };
  const start = performance.now();
  // With its own half alone it would take the node nearly a minute.
  const sentInAll = async () => {
    await send(atA);
    return passed;
  };
  await expect.poll(sentInAll).toBeGreaterThanOrEqual(limit);
  // One is always left to him where he was not.
  expect(await send(atB)).toBe(true);
  for (let round = 0; round < 20; round += 1) {
    await send(atA);
    await send(atB);
  }
  const comesAnew = (limit / 60_000) * (performance.now() - start + 1_000);
  expect(passed).toBeLessThanOrEqual(limit + 2 + comesAnew);
  // Each node counts for itself then, and nobody is kept out.
  await cluster.nats.kill();
  await expect.poll(() => send(atA)).toBe(true);
  await expect.poll(() => send(atB)).toBe(true);
});
