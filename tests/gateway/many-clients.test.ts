import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hugeText } from '../../apps/gateway/src/worker/demo/agent/huge-text.ts';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { openRawClient } from '../support/raw-client.ts';
import { residentMemory } from '../support/resident-memory.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

type Options = Partial<ConstructorParameters<typeof AepClient>[0]>;
const open = (options: Options = {}) =>
  new AepClient({
    ...{ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: { minMs: 1, maxMs: 20 } },
    ...options,
  });

/** Resolves once `count` events of a kind came. */
const heard = (client: AepClient, type: string, count = 1) =>
  new Promise<void>((resolve) => {
    let left = count;
    const off = client.onEvent(({ event }) => {
      if (event.type !== type) return;
      left -= 1;
      if (left > 0) return;
      off();
      resolve();
    });
  });

describe('many clients of one session', () => {
  test('[C1] [P2] a viewer hears everything and may send nothing', async () => {
    using driver = open();
    const { session_id: sessionId } = await driver.connect();
    using viewer = open({ sessionId, role: 'viewer' });
    await viewer.connect();
    const ended = heard(viewer, 'done');
    const { text } = await driver.prompt('flood 3').done;
    await ended;
    expect(text).toBe(floodText(3));
    const refused = { code: 'FORBIDDEN' };
    await expect(viewer.prompt('flood 1').done).rejects.toMatchObject(refused);
    await expect(viewer.interrupt()).rejects.toMatchObject(refused);
    await expect(viewer.control('terminate')).rejects.toMatchObject(refused);
    await expect(viewer.respondToPermission('x', { allowed: true })).rejects.toMatchObject(refused);
    await expect(viewer.command('skills')).rejects.toMatchObject(refused);
    await expect(viewer.cancelInput('x')).rejects.toMatchObject(refused);
  });

  test('[C1] [R1] fifty viewers of one turn have the same log as its driver', async () => {
    using driver = open();
    const { session_id: sessionId } = await driver.connect();
    const log: ServerEnvelope[] = [];
    driver.onEvent((envelope) => log.push(envelope));
    const viewers = Array.from({ length: 50 }, () => {
      const client = open({ sessionId, role: 'viewer' });
      const seen: ServerEnvelope[] = [];
      client.onEvent((envelope) => seen.push(envelope));
      return { client, seen, ended: heard(client, 'done') };
    });
    await Promise.all(viewers.map(({ client }) => client.connect()));
    await driver.prompt('flood 500').done;
    await Promise.all(viewers.map(({ ended }) => ended));
    const ids = (events: ServerEnvelope[]) =>
      events.slice(0, events.findIndex(({ event }) => event.type === 'done') + 1).map(({ id }) => id);
    for (const { client, seen } of viewers) {
      client.close();
      expect(ids(seen)).toEqual(ids(log));
    }
  });

  test('[C1] [G9] two hundred viewers cost little time and memory, and another session does not notice', async () => {
    using driver = open();
    const { session_id: sessionId } = await driver.connect();
    const viewers = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const client = await openRawClient(gateway.port, { 'x-api-key': apiKey });
        client.send('init', {
          version: 'aep/v1',
          worker_type: 'demo',
          session_id: sessionId,
          role: 'viewer',
        });
        await client.heard('init_ack');
        return client;
      }),
    );
    const before = residentMemory(gateway.process.pid);
    const started = performance.now();
    const turn = driver.prompt('huge');
    using other = open();
    await other.connect();
    const asked = performance.now();
    expect((await other.prompt('flood 20').done).text).toBe(floodText(20));
    const waited = performance.now() - asked;
    expect((await turn.done).text === hugeText()).toBe(true);
    await Promise.all(viewers.map((viewer) => viewer.heard('done')));
    const took = performance.now() - started;
    const grown = residentMemory(gateway.process.pid) - before;
    for (const { frames, stream } of viewers) {
      const deltas = frames.filter(({ event }) => event.type === 'message.delta');
      expect(deltas.map(({ event }) => event.data.content).join('') === hugeText()).toBe(true);
      stream.destroy();
    }
    // 400 MB go out. One copy for each viewer would be as much again in memory.
    expect(grown).toBeLessThan(150);
    expect(took).toBeLessThan(20_000);
    expect(waited).toBeLessThan(5_000);
  });

  test('[I2] [S6] what waits in the queue outlives kill -9 of the gateway, and runs once', async () => {
    await using own = await startGateway({ env: { HOTPLEX_WORKER_STDIO: 'pipe' } });
    using client = open({ url: own.url });
    await client.connect();
    client.prompt('permission').done.catch(() => {});
    await heard(client, 'permission_request');
    const waiting = [client.prompt('flood 2'), client.prompt('flood 3')];
    await Promise.all(waiting.map((turn) => turn.accepted));
    const dones = heard(client, 'done', 3);
    await own.kill();
    await own.restart();
    const texts = await Promise.all(waiting.map(async (turn) => (await turn.done).text));
    expect(texts).toEqual([floodText(2), floodText(3)]);
    await dones;
  });
});
