import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { AepClient } from '@hotplex/client-sdk';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/operators.ts';
import { runCli } from '../support/run-cli.ts';
import { apiKey, startGateway } from '../support/start-gateway.ts';

/** A receiver, and what it is told. */
async function receive() {
  const got: { type: string; data: { approval?: { allow_url: string } } }[] = [];
  const server = createServer(async (request, response) => {
    got.push(JSON.parse(await text(request)));
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  return { got, url: `http://127.0.0.1:${port}/hook` };
}

const target = (url: string, more: object = {}) =>
  JSON.stringify([{ name: 'team-chat', url, private: true, approval_links: true, ...more }]);

test('[L1] [A6] a request is answered by the form of the page behind the link, by nothing else, and it is taken down', async () => {
  const { got, url } = await receive();
  const address = `127.0.0.1:${await freePort()}`;
  const env = {
    ...{ HOTPLEX_GATEWAY_ADDR: address, HOTPLEX_GATEWAY_PUBLIC_URL: `http://${address}` },
    ...{ HOTPLEX_HOOKS_TARGETS: target(url) },
  };
  const log: string[] = [];
  await using gateway = await startGateway({ env, onLog: (text) => void log.push(text) });
  // As any page of the web can have its visitor ask: it keeps him out of nothing else.
  const guess = async () => (await fetch(`http://${address}/approve?link=x`)).status;
  expect(await Promise.all(Array.from({ length: 20 }, guess))).toContain(429);
  await expect.poll(() => log.join('').split('an approval link was refused')).toHaveLength(2);
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  await client.connect();
  const turn = client.prompt('permission `ls`');
  await expect.poll(() => got.length).toBe(1);
  const link = got[0]?.data.approval?.allow_url ?? '';
  expect(link).toContain(`http://${address}/approve?link=hotplex_approve_`);
  await expect.poll(async () => (await fetch(link)).status, { timeout: 5_000 }).toBe(200);

  // As previews of links look, again and again.
  for (const method of ['HEAD', 'GET', 'GET']) expect((await fetch(link, { method })).status).toBe(200);
  const page = await (await fetch(link)).text();
  expect(page).toContain('ls');
  const token = /name="link" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const seen = /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const send = (origin: string) =>
    fetch(`http://${address}/approve`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ link: token, seen, answer: 'allow' }),
    });
  for (const origin of ['https://evil.example', 'null']) expect((await send(origin)).status).toBe(403);
  expect(await (await fetch(link)).text()).toContain('<form');

  const answered = await send(`http://${address}`);
  expect(await answered.text()).toContain('Allowed by somebody with a link of the hook team-chat');
  const decided: unknown[] = [];
  for await (const { event } of turn) if (event.type === 'permission.resolved') decided.push(event.data);
  expect(decided).toMatchObject([{ allowed: true, by: 'hook:team-chat', reason: 'answered' }]);

  const home = dirname(gateway.dataDir);
  const { out } = await runCli(['audit', 'export', '--jsonl'], {
    home,
    env: { HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') },
  });
  const taken = out.split('\n').filter((line) => line.includes('"hook:team-chat"'));
  expect(taken).toHaveLength(1);
  expect(JSON.parse(taken[0] ?? '')).toMatchObject({ action: 'permission', decision: 'allow' });
  expect(out).not.toContain(token);
  expect(out).not.toContain('"authenticate"');
});

test('[P1] what the policy refuses has no link, nor has anything where nobody asked for links', async () => {
  const { got, url } = await receive();
  const address = `127.0.0.1:${await freePort()}`;
  const env = {
    ...{ HOTPLEX_GATEWAY_ADDR: address, HOTPLEX_GATEWAY_PUBLIC_URL: `http://${address}` },
    HOTPLEX_HOOKS_TARGETS: JSON.stringify([
      ...JSON.parse(target(url)),
      ...JSON.parse(target(url, { name: 'plain', approval_links: false })),
    ]),
  };
  await using gateway = await startGateway({ env });
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  await client.connect();
  await client.prompt('permission `cat ~/.ssh/id_ed25519`').done;
  await expect
    .poll(() => got.map(({ type }) => type).toSorted())
    .toEqual([...['done', 'done', 'permission_request', 'permission_request']]);
  for (const { data } of got) expect(data.approval).toBeUndefined();
});
