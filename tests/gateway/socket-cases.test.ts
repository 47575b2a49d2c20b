import { clientEvents } from '@hotplex/aep-protocol';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask, askForSocket } from '../support/ask.ts';
import { openOperators } from '../support/operators.ts';
import { openRawClient } from '../support/raw-client.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { openTokenService } from '../support/token-service.ts';

const key = { 'x-api-key': apiKey };
const service = openTokenService();
let gateway: RunningGateway;
let operators: Awaited<ReturnType<typeof openOperators>>;
beforeAll(async () => {
  operators = await openOperators();
  gateway = await startGateway({ env: { ...operators.env, ...service.env } });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  service[Symbol.dispose]();
});

/** Whatever happened, the next client is served, and nothing of it is left. */
afterEach(async () => {
  const client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
  await client.connect();
  expect((await client.prompt('flood 3').done).success).toBe(true);
  client.close();
  await expect.poll(operators.connections, { timeout: 10_000 }).toBe(0);
  expect(await ask(gateway.port, '/health')).toMatchObject({ status: 200 });
});

async function join({ token, ...init }: { token?: string } & Record<string, unknown> = {}) {
  const client = await openRawClient(gateway.port, token ? { authorization: `Bearer ${token}` } : key);
  client.send('init', { version: 'aep/v1', worker_type: 'demo', ...init });
  await client.heard('init_ack');
  return client;
}

test('[W1] without an Origin a header opens a socket, a cookie does not', async () => {
  const upgrade = async (headers: Record<string, string>) => {
    const { line, stream } = await askForSocket(gateway.port, '/ws', headers);
    stream.destroy();
    return line;
  };
  expect(await upgrade({ cookie: `token=${apiKey}` })).toContain('403');
  expect(await upgrade({ authorization: `Bearer ${apiKey}` })).toContain(' 101 ');
  expect(await upgrade({ ...key, origin: 'null' })).toContain('403');
});

test('[W5] 64 kB of headers are refused before anything reads them', async () => {
  const { line, stream } = await askForSocket(gateway.port, '/ws', { ...key, 'x-much': 'x'.repeat(65_536) });
  stream.destroy();
  expect(line).toContain('431');
});

describe('[W8] [F4] one wrong field', () => {
  /** Of each kind a field that it knows, with a value that it cannot have. */
  const wrong: Record<Exclude<keyof typeof clientEvents, 'init' | 'ping'>, Record<string, unknown>> = {
    input: { content: ['a'] },
    'input.edit': { input_id: 7, content: 'x' },
    'input.cancel': { input_id: 'no spaces here' },
    permission_response: { id: 'p', allowed: 'yes' },
    question_response: { id: 'q', answers: 'all' },
    elicitation_response: { id: 'e', action: 'maybe' },
    worker_command: { command: 'rm' },
    control: { action: 7 },
  };

  test('is named for every kind, and the connection stays', async () => {
    const client = await join();
    const kinds = Object.keys(clientEvents).filter((kind) => kind !== 'init' && kind !== 'ping');
    expect(Object.keys(wrong).sort()).toEqual(kinds.sort());
    for (const [kind, data] of Object.entries(wrong)) {
      client.send(kind, data, `bad-${kind}`);
      const { event } = await client.heard('error', ({ event_id: id }) => id === `bad-${kind}`);
      expect(event.data).toMatchObject({ code: 'INVALID_MESSAGE', details: { fields: [expect.anything()] } });
    }
    client.send('ping', {});
    await client.heard('pong');
    client.stream.destroy();
  });

  test('in init is told in a refused init_ack', async () => {
    const client = await openRawClient(gateway.port, key);
    client.send('init', { version: 'aep/v1', worker_type: 'demo', last_seq: 'all' });
    expect((await client.heard('init_ack')).event.data).toMatchObject({
      ...{ state: 'deleted', code: 'INVALID_MESSAGE' },
      details: { fields: [{ field: 'event.data.last_seq' }] },
    });
    await client.closed;
  });

  test('twenty-one times in ten seconds ends the connection', async () => {
    const client = await join();
    for (let index = 0; index < 21; index++) client.send('input', { content: 7 });
    expect(await client.closed).toBe(1008);
    expect(client.frames.filter(({ event }) => event.type === 'error')).toHaveLength(21);
  });
});

test('[P1] [E4] an answer to no request, or to somebody else’s, has no effect', async () => {
  const alice = await join({ token: service.tokenOf('alice'), session_id: 'hers' });
  alice.send('input', { content: 'permission' });
  const { event } = await alice.heard('permission_request');
  const id = String(event.data.id);
  const hers = String(alice.frames[0]?.session_id);
  const bob = await join({ token: service.tokenOf('bob'), session_id: hers });
  expect(bob.frames[0]?.session_id).not.toBe(hers);
  bob.send('permission_response', { id, allowed: true }, 'b1');
  expect((await bob.heard('error')).event.data.event_id).toBe('b1');
  alice.send('permission_response', { id: 'made-up', allowed: true }, 'a1');
  expect((await alice.heard('error')).event.data.event_id).toBe('a1');
  expect(alice.frames.map(({ event: { type } }) => type)).not.toContain('permission.resolved');
  alice.send('permission_response', { id, allowed: true }, 'a2');
  expect((await alice.heard('permission.resolved')).event.data).toMatchObject({ id, allowed: true });
  await alice.heard('done');
  for (const { stream } of [alice, bob]) stream.destroy();
});

test('[H6] two inits at once for one new conversation make one session with one agent', async () => {
  const clients = await Promise.all(Array.from({ length: 2 }, () => openRawClient(gateway.port, key)));
  for (const client of clients)
    client.send('init', { version: 'aep/v1', worker_type: 'demo', session_id: 'both want it' });
  const acks = await Promise.all(clients.map((client) => client.heard('init_ack')));
  expect(acks[0]?.session_id).toBe(acks[1]?.session_id);
  for (const client of clients) client.send('input', { content: 'pid' });
  let left = 2;
  await clients[0]?.heard('done', () => --left === 0);
  const said = clients[0]?.frames.flatMap(({ event }) =>
    event.type === 'message.delta' ? [event.data.content] : [],
  );
  const pids = said?.join('').match(/\d+/g) ?? [];
  expect(new Set(pids).size).toBe(1);
  for (const { stream } of clients) stream.destroy();
});
