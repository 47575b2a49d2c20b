import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
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
  test('[C1] a viewer hears everything and may send nothing', async () => {
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

  test('[I2] [S6] what waits in the queue outlives kill -9 of the gateway, and runs once', async () => {
    using client = open();
    await client.connect();
    client.prompt('permission').done.catch(() => {});
    await heard(client, 'permission_request');
    const waiting = [client.prompt('flood 2'), client.prompt('flood 3')];
    await Promise.all(waiting.map((turn) => turn.accepted));
    const dones = heard(client, 'done', 3);
    await gateway.kill();
    await gateway.restart();
    const texts = await Promise.all(waiting.map(async (turn) => (await turn.done).text));
    expect(texts).toEqual([floodText(2), floodText(3)]);
    await dones;
  });
});
