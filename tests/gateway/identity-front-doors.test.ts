import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { SessionsApi } from '@hotplex/client-sdk';
import { WebSocketChatTransport } from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { PlainChat } from '../../packages/ai-sdk-transport/test/plain-chat.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { openTokenService } from '../support/token-service.ts';

const service = openTokenService();
const { tokenOf } = service;
let gateway: RunningGateway;
let alice: SessionsApi;

beforeAll(async () => {
  gateway = await startGateway({
    env: {
      ...{ ...service.env, HOTPLEX_LOG_LEVEL: 'error', HOTPLEX_DOORS_AI_SDK_ENABLED: 'true' },
      ...{ HOTPLEX_DOORS_ENGINE_ENABLED: 'true', HOTPLEX_DOORS_ENGINE_WORKER_TYPE: 'demo' },
    },
  });
  alice = new SessionsApi({ url: gateway.url, auth: tokenOf('alice') });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  service[Symbol.dispose]();
});

/** Says something by the AI SDK's own transport; the words in which it is refused. */
async function sayByAiSdk(token: string, chatId: string) {
  const transport = new WebSocketChatTransport<AepUIMessage>({
    ...{ url: `${gateway.url}/ai-sdk`, body: { worker_type: 'demo' } },
    headers: { authorization: `Bearer ${token}` },
  });
  const chat = new PlainChat({ id: chatId, transport });
  await chat.sendMessage({ text: 'think' });
  transport.close();
  return chat.error?.message;
}

/** Says something in the frames of hotplexd; the words in which it is refused. */
function sayByEngine(token: string, sessionId: string): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/ws/v1/agent`, { headers });
  socket.on('open', () =>
    socket.send(JSON.stringify({ type: 'execute', session_id: sessionId, prompt: 'think' })),
  );
  return new Promise((resolve) => {
    // A credential that is good for nothing never becomes a socket.
    socket.on('error', ({ message }) => resolve(message));
    socket.on('message', (text) => {
      const { event, data } = JSON.parse(String(text)) as { event: string; data: { message?: string } };
      if (event !== 'completed' && event !== 'error') return;
      socket.close();
      resolve(data.message);
    });
  });
}

describe.each([
  ['the AI SDK', sayByAiSdk],
  ['the older engine', sayByEngine],
])('at the front door for %s', (_, say) => {
  test('[A4] [A5] nobody of another scope, no viewer and no foreigner says anything in a session', async () => {
    const { id } = await alice.create({ workerType: 'demo' });
    const before = await alice.get(id);
    for (const scope of ['openid profile', 'admin', ''])
      expect(await say(tokenOf('alice', { scope }), id)).toMatch(
        /403|You may see this conversation, but not do this/,
      );
    expect(await say(tokenOf('alice', { scope: 'viewer' }), id)).toMatch(/viewer/);
    expect(await say(tokenOf('alice', { scope: 'viewer' }), 'a-new-one')).toBeDefined();
    // A foreigner means another session by the same words: one of his own.
    expect(await say(tokenOf('bob'), id)).toBeUndefined();
    expect(await alice.get(id)).toEqual(before);
    expect((await alice.list()).sessions.map((session) => session.id)).not.toContain('a-new-one');
    expect(await say(tokenOf('alice'), id)).toBeUndefined();
    expect((await alice.get(id)).totals.turn_count).toBe(1);
  });
});
