import { join } from 'node:path';
import { AepClient, SharesApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { openCluster, type TestCluster } from '../support/open-cluster.ts';
import { runCli } from '../support/run-cli.ts';
import { apiKey, type RunningGateway } from '../support/start-gateway.ts';

let cluster: TestCluster;
let a: RunningGateway;
let b: RunningGateway;
beforeAll(async () => {
  cluster = await openCluster();
  const env = { HOTPLEX_DOORS_OPENCODE_ENABLED: 'true', HOTPLEX_DOORS_OPENCODE_WORKER_TYPE: 'demo' };
  [a, b] = await Promise.all([cluster.startNode('a', env), cluster.startNode('b', env)]);
});
afterAll(() => cluster[Symbol.asyncDispose]());

const asked = async (
  { port }: RunningGateway,
  path: string,
  { key = apiKey, method = 'GET', body = {} }: { key?: string; method?: string; body?: object } = {},
) => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const text = method === 'POST' ? JSON.stringify(body) : '';
  const answer = await ask(port, path, { method, headers, body: text });
  return { status: answer.status, body: JSON.parse(answer.body || '{}') as Record<string, unknown> };
};

/** A client that has a session at this node. */
const openAt = async ({ url }: RunningGateway) => {
  const client = new AepClient({ url, workerType: 'demo', auth: apiKey, reconnect: false });
  return { client, id: (await client.connect()).session_id, [Symbol.dispose]: () => client.close() };
};

/** As an operator types it on the machine of a node. */
const cli = ({ dataDir, workDir }: RunningGateway, args: readonly string[]) =>
  runCli(args, {
    home: workDir,
    env: { ...cluster.shared, HOTPLEX_DB_PATH: join(dataDir, 'hotplex.db') },
  });

test('[A3] a ticket of one node opens a socket at another, once', async () => {
  const { body } = await asked(a, '/api/auth/ticket', { method: 'POST' });
  const open = ({ url }: RunningGateway) =>
    new AepClient({ url, workerType: 'demo', auth: String(body.ticket), reconnect: false });
  using client = open(b);
  expect((await client.connect()).session_id).toMatch(/^[0-9a-f-]{36}$/);
  for (const node of [a, b]) {
    using again = open(node);
    await expect(again.connect()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  }
});

test('[J7] a token that was made at one node is good at each, also with a key that was rotated there just now', async () => {
  const who = async (node: RunningGateway, key: string) => {
    const { status, body } = await asked(node, '/api/auth/identity', { key });
    return [status, body.subject];
  };
  const create = async (node: RunningGateway) =>
    (await cli(node, ['token', 'create', '--user', 'ann'])).out.trim();
  const before = await create(a);
  for (const node of [a, b]) expect(await who(node, before)).toEqual([200, 'ann']);
  expect(await cli(a, ['token', 'rotate'])).toMatchObject({ code: 0 });
  const after = await create(b);
  for (const node of [a, b]) {
    expect(await who(node, after)).toEqual([200, 'ann']);
    expect(await who(node, before)).toEqual([200, 'ann']);
  }
  const kidOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
  expect(kidOf(after)).not.toBe(kidOf(before));
});

test('[R4] OpenCode’s stream at one node tells of sessions that others work for, of what they ask, and that they are deleted', async () => {
  const ended = new AbortController();
  const { body } = await fetch(`${a.url}/opencode/global/event`, {
    headers: { 'x-api-key': apiKey },
    signal: ended.signal,
  });
  let heard = '';
  const reading = (async () => {
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) heard += text;
  })().catch(() => undefined);
  await expect.poll(() => heard).toContain('server.connected');
  using session = await openAt(b);
  const { text } = await session.client.prompt('pid').done;
  await expect.poll(() => heard, { timeout: 10_000 }).toContain(`"text":"${text}"`);
  expect(heard).toContain('"session.created"');
  const turn = session.client.prompt('permission `ls`');
  const open = async () => (await asked(a, '/opencode/permission')).body as unknown as { id: string }[];
  await expect.poll(open).toHaveLength(1);
  const [request] = await open();
  await expect.poll(() => heard, { timeout: 10_000 }).toContain(request?.id);
  const reply = { method: 'POST', body: { reply: 'once' } };
  expect(await asked(a, `/opencode/permission/${request?.id}/reply`, reply)).toMatchObject({ status: 200 });
  expect(await turn.done).toMatchObject({ success: true });
  await asked(b, `/api/sessions/${session.id}`, { method: 'DELETE' });
  await expect.poll(() => heard, { timeout: 10_000 }).toContain('"session.deleted"');
  ended.abort();
  await reading;
});

test('a link shows a session at every node as at its own, without the turn that runs', async () => {
  using session = await openAt(b);
  await session.client.prompt('pid').done;
  const { token } = await new SharesApi({ url: a.url, auth: apiKey }).make(session.id, { lifetime: '1h' });
  const read = ({ url }: RunningGateway) => new SharesApi({ url }).read(token);
  const shown = await read(b);
  expect(shown.events.length).toBeGreaterThan(1);
  expect(await read(a)).toEqual(shown);
  const speaks = new Promise<void>((resolve) => {
    session.client.onEvent(({ event }) => event.type === 'message.delta' && resolve());
  });
  const turn = session.client.prompt('flood 10000 every 1');
  turn.done.catch(() => undefined);
  await speaks;
  for (const node of [a, b]) expect(await read(node)).toEqual({ ...shown, running: true });
});

test('[Q2] what a user used at one node counts at all of them', async () => {
  using session = await openAt(a);
  await session.client.prompt('pid').done;
  const strict = await cluster.startNode('strict', { HOTPLEX_LIMITS_USER_WORK_PER_DAY: '1ms' });
  using elsewhere = await openAt(strict);
  const asks: unknown[] = [];
  elsewhere.client.onEvent(({ event }) => event.type === 'question_request' && asks.push(event.data.budget));
  await elsewhere.client.prompt('pid').accepted;
  await expect.poll(() => asks).toMatchObject([{ measure: 'time', period: 'day' }]);
});
