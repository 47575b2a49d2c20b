import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { apiKey, startGateway } from '../support/start-gateway.ts';

const clientOf = (gateway: { url: string }, sessionId?: string) =>
  new AepClient({
    ...{ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false },
    ...(sessionId !== undefined && { sessionId }),
  });

test('what a quota left undone goes on by itself after a restart of the gateway, once', async () => {
  await using gateway = await startGateway({ env: { HOTPLEX_WORKER_AUTO_RETRY_ATTEMPTS: '0' } });
  using before = clientOf(gateway);
  const { session_id: id } = await before.connect();
  expect(await before.prompt('quota 4').done).toMatchObject({ success: false });
  await gateway.restart();
  const sessions = new SessionsApi({ url: gateway.url, auth: apiKey });
  const became = async () => {
    const told: string[] = [];
    for await (const { event } of sessions.allEvents(id))
      if (event.type === 'input.status' && event.data.input_id.startsWith('continue-'))
        told.push(event.data.status);
    return told;
  };
  await expect.poll(became, { timeout: 20_000 }).toEqual(['delivered', 'done']);
});

test('[Q2] a session whose budget is used up asks, waits over a restart, and goes on when somebody says so', async () => {
  await using gateway = await startGateway({ env: { HOTPLEX_SESSION_MAX_WORK: '1ms' } });
  using before = clientOf(gateway);
  const { session_id: id } = await before.connect();
  await before.prompt('hello').done;
  const kinds: string[] = [];
  before.onEvent(({ event }) => void kinds.push(event.type));
  await before.prompt('pid', { inputId: 'waits' }).accepted;
  await expect.poll(() => kinds).toContain('question_request');
  await gateway.restart();
  using client = clientOf(gateway, id);
  const { queue, pending } = await client.connect();
  expect(queue).toEqual(['waits']);
  const done = client.prompt('pid', { inputId: 'waits' }).done;
  await client.answerQuestion(pending?.[0] ?? '', { any: 'Go on' });
  expect((await done).text).toMatch(/\d+/);
});
