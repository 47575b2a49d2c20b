import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { readUIMessageStream, WebSocketChatTransport } from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { openRawClient } from '../../../../tests/support/raw-client.ts';
import { openTokenService } from '../../../../tests/support/token-service.ts';
import { apiKey, openTwoNodes, type TwoNodes } from './two-nodes.ts';

const service = openTokenService();
let nodes: TwoNodes;
beforeAll(async () => {
  nodes = await openTwoNodes({
    settings: {
      doors: { ai_sdk: { enabled: true }, engine: { enabled: true, worker_type: 'demo' } },
      limits: { user_connections: 1 },
      security: {
        jwt_jwks_file: service.env.HOTPLEX_SECURITY_JWT_JWKS_FILE,
        jwt_issuer: service.env.HOTPLEX_SECURITY_JWT_ISSUER,
      },
    },
  });
});
afterAll(async () => {
  await nodes[Symbol.asyncDispose]();
  service[Symbol.dispose]();
});

const there = () => new SessionsApi({ url: nodes.owner.url, auth: apiKey });
/** The session that a key means, asked at the node where it is. */
async function sessionOf(sessionId: string) {
  using client = new AepClient({ url: nodes.owner.url, auth: apiKey, workerType: 'demo', sessionId });
  const { session_id: id, last_seq: lastSeq } = await client.connect();
  return { id, lastSeq };
}

describe('a front door of a node that does not work for the session', () => {
  test('of the older engine has its prompts answered there', async () => {
    const key = randomUUID();
    const headers = { authorization: `Bearer ${apiKey}` };
    const socket = new WebSocket(`ws://127.0.0.1:${nodes.port}/ws/v1/agent`, { headers });
    await once(socket, 'open');
    const said: { event: string; data: Record<string, unknown> }[] = [];
    socket.on('message', (data) => said.push(JSON.parse(String(data))));
    socket.send(JSON.stringify({ request_id: 1, type: 'execute', session_id: key, prompt: 'flood 3' }));
    await expect.poll(() => said.at(-1)?.event).toBe('completed');
    socket.send(JSON.stringify({ request_id: 2, type: 'stats', session_id: key }));
    await expect.poll(() => said.at(-1)?.event).toBe('stats');
    socket.close();
    expect((await sessionOf(key)).lastSeq).toBeGreaterThan(5);
  });

  test('of the AI SDK has its chats there', async () => {
    const id = randomUUID();
    using transport = Object.assign(
      new WebSocketChatTransport<AepUIMessage>({
        url: `${nodes.url}/ai-sdk`,
        headers: { Authorization: `Bearer ${apiKey}` },
        body: { worker_type: 'demo' },
      }),
      { [Symbol.dispose]: () => transport.close() },
    );
    // A chat that is begun anew is made at the node that works for it, and found from here by its key.
    await there().create({ workerType: 'demo', clientKey: id });
    const message = {
      id: randomUUID(),
      role: 'user' as const,
      parts: [{ type: 'text' as const, text: 'flood 3' }],
    };
    const stream = await transport.sendMessages({
      ...{ chatId: id, trigger: 'submit-message', messageId: undefined, messages: [message] },
      abortSignal: undefined,
    });
    let text = '';
    for await (const { parts } of readUIMessageStream<AepUIMessage>({ stream }))
      text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
    expect(text).toContain('0 1 2');
    expect((await sessionOf(id)).lastSeq).toBeGreaterThan(5);
  });
});

test('[B4] a connection is counted where it comes in, and not again where it is led', async () => {
  const token = service.tokenOf('cora');
  const greet = async (port: number) => {
    const client = await openRawClient(port, { authorization: `Bearer ${token}` });
    client.send('init', { version: 'aep/v1', worker_type: 'demo', session_id: 'counted' });
    return { client, ack: (await client.heard('init_ack')).event.data };
  };
  const direct = await greet(nodes.owner.port);
  const led = await greet(nodes.port);
  const tooMany = await greet(nodes.port);
  expect([direct, led, tooMany].map(({ ack }) => ack.code)).toEqual([undefined, undefined, 'RATE_LIMITED']);
  for (const { client } of [direct, led, tooMany]) client.stream.destroy();
});
