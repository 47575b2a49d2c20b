import { once } from 'node:events';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterEach, expect, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { ask, askForSocket } from '../support/ask.ts';
import { openOperators } from '../support/operators.ts';
import { openRawClient, type RawClient } from '../support/raw-client.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const key = { 'x-api-key': apiKey };
let gateway: RunningGateway;
afterEach(() => gateway[Symbol.asyncDispose]());

/** A client whose turn waits for a permission, and the id of that. */
async function openTurn(): Promise<{ client: RawClient; permission: string }> {
  const client = await openRawClient(gateway.port, key);
  client.send('init', { version: 'aep/v1', worker_type: 'demo' });
  await client.heard('init_ack');
  client.send('input', { content: 'permission' });
  const { event } = await client.heard('permission_request');
  return { client, permission: String(event.data.id) };
}
const isReconnect = (data: Record<string, unknown>) => data.action === 'reconnect';
/** Sends a signal; resolves when it had its effect on clients. */
async function stop(client: RawClient) {
  const exited = once(gateway.process, 'exit') as Promise<[number | null, string | null]>;
  gateway.process.kill('SIGTERM');
  const { event } = await client.heard('control', isReconnect);
  return { asked: event.data, exited };
}

test('[C4] [G13] while it stops, a gateway takes nothing new and lets a running turn end', async () => {
  gateway = await startGateway({ env: { HOTPLEX_GATEWAY_DRAIN_TIMEOUT: '1m' } });
  const { client, permission } = await openTurn();
  client.send('input', { content: 'flood 3' }, 'waits');
  await client.heard('input', ({ content }) => content === 'flood 3');
  const idle = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
  const { session_id: idleId } = await idle.connect();
  const { asked, exited } = await stop(client);
  expect(asked).toMatchObject({ reason: 'gateway_stopping', resume_session: true });
  expect(asked.delay_ms).toBeGreaterThanOrEqual(200);
  await expect.poll(() => idle.connection.status).toBe('closed');
  expect(idle.connection).toMatchObject({ cause: { details: { close_code: 1001 } } });

  expect(await ask(gateway.port, '/health')).toMatchObject({ status: 503, body: '{"status":"stopping"}' });
  expect((await askForSocket(gateway.port, '/ws', key)).line).toContain('503');
  const api = new SessionsApi({ url: gateway.url, auth: apiKey });
  const refused = { code: 'RECONNECT_REQUIRED', retryable: true };
  await expect(api.create({ workerType: 'demo' })).rejects.toMatchObject(refused);
  expect((await api.get(idleId)).id).toBe(idleId);
  client.send('input', { content: 'one more' }, 'late');
  expect((await client.heard('error')).event.data).toMatchObject({ ...refused, event_id: 'late' });

  client.send('permission_response', { id: permission, allowed: true });
  expect((await client.heard('done')).event.data).toMatchObject({ success: true });
  expect(await client.closed).toBe(1001);
  expect(await exited).toEqual([0, null]);
  expect(client.frames.filter(({ event }) => event.type === 'done')).toHaveLength(1);

  await gateway.restart();
  using back = new AepClient({
    ...{ url: gateway.url, workerType: 'demo', auth: apiKey, lastSeq: 0 },
    sessionId: String(client.frames[0]?.session_id),
  });
  const texts: string[] = [];
  const ran = new Promise<void>((resolve) => {
    let left = 2;
    back.onEvent(({ event }) => {
      if (event.type === 'message.delta') texts.push(event.data.content);
      if (event.type === 'done' && --left === 0) resolve();
    });
  });
  await back.connect();
  await ran;
  expect(texts.join('')).toContain(floodText(3));
});

test('[C4] [S6] a turn that does not end in gateway.drain_timeout is interrupted, and its clients are told', async () => {
  gateway = await startGateway({ env: { HOTPLEX_GATEWAY_DRAIN_TIMEOUT: '300ms' } });
  const { client } = await openTurn();
  const { exited } = await stop(client);
  const { event } = await client.heard('done');
  expect(event.data).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
  expect(client.frames.at(-1)?.event).toMatchObject({ data: { state: 'terminated' } });
  expect(await client.closed).toBe(1001);
  expect(await exited).toEqual([0, null]);
});

test('[C4] [G13] a second signal ends the waiting: the turn is interrupted now, and told', async () => {
  gateway = await startGateway({ env: { HOTPLEX_GATEWAY_DRAIN_TIMEOUT: '10m' } });
  const { client } = await openTurn();
  const { exited } = await stop(client);
  gateway.process.kill('SIGTERM');
  const { event } = await client.heard('done');
  expect(event.data).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
  expect(await exited).toEqual([0, null]);
});

test('[C4] a prompt that came too late for one gateway is run once by the next', async () => {
  gateway = await startGateway({ env: { HOTPLEX_GATEWAY_DRAIN_TIMEOUT: '1m' } });
  using client = new AepClient({
    ...{ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: { minMs: 1, maxMs: 50 } },
  });
  await client.connect();
  const turn = client.prompt('permission');
  const permission = await new Promise<string>((resolve) => {
    client.onEvent(({ event }) => event.type === 'permission_request' && resolve(event.data.id));
  });
  const asked = new Promise<void>((resolve) => {
    client.onNotice(({ event }) => event.type === 'control' && resolve());
  });
  const restarted = gateway.restart();
  await asked;
  const late = client.prompt('flood 7');
  await client.respondToPermission(permission, { allowed: true });
  expect((await turn.done).success).toBe(true);
  await restarted;
  expect((await late.done).text).toBe(floodText(7));
});

test('[C4] [S6] a gateway that is emptied interrupts what does not end in time, and keeps no agent', async () => {
  const { env, drain, agents } = await openOperators();
  gateway = await startGateway({
    env: { ...env, HOTPLEX_GATEWAY_DRAIN_TIMEOUT: '300ms', HOTPLEX_WORKER_KEEP_ON_STOP: 'true' },
  });
  const { client } = await openTurn();
  expect(await drain()).toMatchObject({ status: 202 });
  const { event } = await client.heard('done');
  expect(event.data).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
  expect(await client.closed).toBe(1001);
  await expect.poll(agents).toBe(0);
});
