import { AepClient } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { openOperators } from '../support/operators.ts';
import { openSilentProxy } from '../support/silent-proxy.ts';
import { apiKey, startGateway } from '../support/start-gateway.ts';

/** A gateway, and a link to it that can become half open. */
async function open(env: Record<string, string> = {}) {
  const proxy = await openSilentProxy();
  const gateway = await startGateway({ env: { ...env, HOTPLEX_SECURITY_ALLOWED_HOSTS: proxy.host } });
  proxy.leadTo(gateway.port);
  return {
    ...{ gateway, proxy },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
    },
  };
}
const options = { workerType: 'demo', auth: apiKey, reconnect: { minMs: 1, maxMs: 20 } } as const;

test('[C3] [W6] a link that went dead without a word is dropped after two pings, and its client loses nothing', async () => {
  const operators = await openOperators();
  await using house = await open({ ...operators.env, HOTPLEX_GATEWAY_PING_INTERVAL: '200ms' });
  const { gateway, proxy } = house;
  using healthy = new AepClient({ ...options, url: gateway.url });
  const { session_id: sessionId } = await healthy.connect();
  using client = new AepClient({ ...options, url: `http://${proxy.host}`, sessionId });
  await client.connect();
  expect(await operators.connections()).toBe(2);
  proxy.goSilent();
  await expect.poll(operators.connections, { timeout: 10_000 }).toBe(1);
  expect(client.connection.status).toBe('ready');
  expect((await healthy.prompt('flood 20').done).text).toBe(floodText(20));
  expect(client.lastSeq).toBe(0);
  using back = new AepClient({ ...options, url: gateway.url, sessionId, lastSeq: client.lastSeq });
  const seen: number[] = [];
  const missed = new Promise<void>((resolve) => {
    back.onEvent(({ seq }) => {
      seen.push(seq);
      if (seq === healthy.lastSeq) resolve();
    });
  });
  await back.connect();
  await missed;
  expect(seen).toEqual(seen.map((_, index) => index + 1));
  expect(healthy.connection.status).toBe('ready');
});

test('[C3] a client finds out by itself that its link is dead, comes back and has the whole answer', async () => {
  await using house = await open();
  const { gateway, proxy } = house;
  const hosts = [proxy.host];
  class Link extends WebSocket {
    constructor(_: string, protocols?: string | string[]) {
      super(`ws://${hosts.shift() ?? `127.0.0.1:${gateway.port}`}/ws`, protocols);
    }
  }
  using client = new AepClient({ ...options, url: gateway.url, webSocket: Link as never, quietMs: 200 });
  await client.connect();
  expect({ links: proxy.links, left: hosts }).toEqual({ links: 1, left: [] });
  proxy.goSilent();
  expect((await client.prompt('flood 500').done).text).toBe(floodText(500));
});
