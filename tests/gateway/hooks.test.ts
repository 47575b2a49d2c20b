import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { AepClient } from '@hotplex/client-sdk';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/operators.ts';
import { runCli } from '../support/run-cli.ts';
import { apiKey, startGateway } from '../support/start-gateway.ts';

type Got = { headers: IncomingHttpHeaders; body: string };

/** Somebody who is told, at a port that may have been closed before. */
async function receive({ port = 0, status = 200 } = {}) {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    got.push({ headers: request.headers, body: await text(request) });
    response.writeHead(status).end();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = () => void server.close().closeAllConnections();
  onTestFinished(close);
  return { got, close };
}

const secret = 'a secret of the receiver';
const targetAt = (port: number) => ({
  ...{ name: 'receiver', url: `http://127.0.0.1:${port}/hook`, private: true, secret },
});
const environmentOf = (...targets: object[]) => ({ HOTPLEX_HOOKS_TARGETS: JSON.stringify(targets) });

test('a receiver is told, signed, without a word that anybody wrote', async () => {
  const port = await freePort();
  const { got } = await receive({ port });
  await using gateway = await startGateway({ env: environmentOf(targetAt(port)) });
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  const { session_id: sessionId } = await client.connect();
  const turn = client.prompt('permission');
  for await (const { event } of turn) {
    if (event.type === 'permission_request')
      void client.respondToPermission(event.data.id, { allowed: true });
  }
  await expect
    .poll(() => got.map(({ body }) => JSON.parse(body).type))
    .toEqual(['permission_request', 'done']);
  for (const { headers, body } of got) {
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`,
    );
    const { data } = JSON.parse(body);
    expect(data).toMatchObject({
      session: { id: sessionId, worker_type: 'demo' },
      link: `${gateway.url}/?s=${sessionId}`,
    });
    expect(headers['webhook-id']).toBe(data.event.id);
  }
  expect(JSON.parse(got[0]?.body ?? '').data.event.data).not.toHaveProperty('input_raw');
});

test('[G1] what a receiver missed while it was away, and the gateway was killed, it is told afterwards, once', async () => {
  const port = await freePort();
  await using gateway = await startGateway({
    env: { ...environmentOf(targetAt(port)), HOTPLEX_LOG_LEVEL: 'error' },
  });
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  await client.connect();
  await client.prompt('hello').done;
  await gateway.kill();
  const { got } = await receive({ port });
  await gateway.restart();
  await client.prompt('hello again').done;
  await expect.poll(() => got.length).toBe(2);
  const ids = got.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(2);
});

test('what is given up can be looked at, and tried again', async () => {
  const port = await freePort();
  const { got } = await receive({ port, status: 410 });
  const env = { ...environmentOf(targetAt(port)), HOTPLEX_LOG_LEVEL: 'error' };
  await using gateway = await startGateway({ env });
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  await client.connect();
  await client.prompt('hello').done;
  await expect.poll(() => got.length).toBe(1);
  const home = dirname(gateway.dataDir);
  const hooks = (...args: string[]) =>
    runCli(['hooks', ...args], {
      home,
      env: { ...env, HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') },
    });
  await expect
    .poll(async () => (await hooks('dead')).out)
    .toMatch(/^1 {2}receiver {2}done of .*: 1 attempts, it answers 410\n$/);
  expect((await hooks('list')).out).toContain(`receiver  http://127.0.0.1:${port} (json)`);
  expect(await hooks('test', 'receiver')).toMatchObject({
    code: 1,
    out: 'receiver did not take it: it answers 410\n',
  });
  expect(await hooks('retry', '7')).toMatchObject({
    code: 1,
    err: expect.stringContaining('no dead delivery 7'),
  });
  expect((await hooks('retry')).out).toContain('1 delivery is tried again');
  expect((await hooks('dead')).out).toBe('None.\n');
});

test('a program of this machine is told, and a wrong target keeps the gateway from starting', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hotplex-hooks-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = join(folder, 'tell');
  writeFileSync(program, `#!/bin/sh\ncat >> ${join(folder, 'told')}\n`);
  chmodSync(program, 0o700);
  const target = { name: 'program', command: [program], content: true, events: ['input'] };
  await using gateway = await startGateway({ env: environmentOf(target) });
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  await client.connect();
  await client.prompt('hello').done;
  const told = () => JSON.parse(readFileSync(join(folder, 'told'), 'utf8'));
  await expect.poll(() => told().data.event.data.content).toBe('hello');

  const wrong = await runCli(['config', 'check'], {
    home: folder,
    env: environmentOf({ ...target, events: ['inputs'] }),
  });
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('must be one of state, input,') });
});
