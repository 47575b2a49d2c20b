import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { lastAssistantMessageIsCompleteWithApprovalResponses, WebSocketChatTransport } from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApproval, textOf, toolOf } from '../../packages/ai-sdk-transport/test/message-parts.ts';
import { PlainChat } from '../../packages/ai-sdk-transport/test/plain-chat.ts';
import { openRawClient } from '../support/raw-client.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
let sessions: SessionsApi;
beforeAll(async () => {
  gateway = await startGateway({ env: { HOTPLEX_DOORS_AI_SDK_ENABLED: 'true' } });
  sessions = new SessionsApi({ url: gateway.url, auth: apiKey });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

const stock = (key = apiKey) =>
  new WebSocketChatTransport<AepUIMessage>({
    url: `${gateway.url}/ai-sdk`,
    headers: { Authorization: `Bearer ${key}` },
    body: { worker_type: 'demo' },
  });

/** The AI SDK’s own chat and its own transport: nothing on this page is ours. */
function openPage(id: string = crypto.randomUUID(), messages: AepUIMessage[] = []) {
  const transport = stock();
  const sendAutomaticallyWhen = lastAssistantMessageIsCompleteWithApprovalResponses;
  const chat = new PlainChat({ id, transport, messages, sendAutomaticallyWhen });
  return { id, chat, transport, [Symbol.dispose]: () => transport.close() };
}

/** The session of a chat, which the chat’s id is the key of (rule H6). */
async function sessionOf(chatId: string) {
  using client = new AepClient({
    ...{ url: gateway.url, auth: apiKey, workerType: 'demo', sessionId: chatId, role: 'viewer' },
  });
  return (await client.connect()).session_id;
}

const lastStopReason = async (chatId: string) => {
  let reason: string | null | undefined;
  for await (const { event } of sessions.allEvents(await sessionOf(chatId))) {
    if (event.type === 'done') reason = event.data.stats?.stop_reason;
  }
  return reason;
};

describe('the stock WebSocketChatTransport of the AI SDK', () => {
  test('a prompt is answered, and two chats share one socket', async () => {
    using page = openPage();
    const other = new PlainChat({ id: crypto.randomUUID(), transport: page.transport });
    await Promise.all([page.chat.sendMessage({ text: 'think' }), other.sendMessage({ text: 'echo' })]);
    expect(page.chat.error).toBeUndefined();
    expect(page.chat.lastMessage?.parts.map(({ type }) => type)).toEqual(['step-start', 'reasoning', 'text']);
    expect(other.lastMessage?.metadata).toMatchObject({ success: true });
  });

  test.each([true, false])(
    '[E4] addToolApprovalResponse(%s) decides, and the answer goes on',
    async (approved) => {
      using page = openPage();
      const { chat } = page;
      await chat.sendMessage({ text: 'permission' });
      expect(chat.status).toBe('ready');
      await chat.addToolApprovalResponse({ id: openApproval(chat.lastMessage) ?? '', approved });
      await chat.until(({ status, lastMessage }) => status === 'ready' && lastMessage?.metadata?.success);
      expect(toolOf(chat.lastMessage)?.state).toBe(approved ? 'output-available' : 'output-denied');
    },
  );

  test('stop() stops the agent', async () => {
    using page = openPage();
    const { chat, id } = page;
    const sent = chat.sendMessage({ text: 'wait' });
    await chat.until(() => textOf(chat.lastMessage).endsWith('something. '));
    await chat.stop();
    await sent;
    await expect.poll(() => lastStopReason(id)).toBe('interrupted');
  });

  test('[G2] a page that comes back while the agent works gets the whole answer; the agent never stopped', async () => {
    const id = crypto.randomUUID();
    const first = openPage(id);
    void first.chat.sendMessage({ text: 'wait' });
    await first.chat.until(() => textOf(first.chat.lastMessage).endsWith('something. '));
    const [asked] = first.chat.messages;
    first.transport.close();
    using page = openPage(id, asked ? [asked] : []);
    const resumed = page.chat.resumeStream();
    await page.chat.until(() => textOf(page.chat.lastMessage).endsWith('something. '));
    await page.chat.stop();
    await resumed;
    expect(page.chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    await expect.poll(() => lastStopReason(id)).toBe('interrupted');
  });

  test('where nothing runs there is nothing to resume', async () => {
    using page = openPage();
    await page.chat.resumeStream();
    expect(page.chat).toMatchObject({ status: 'ready', messages: [] });
  });
});

describe('who may come in', () => {
  test('[A5] nobody with a wrong key, and he is told so', async () => {
    const transport = stock(`${apiKey}x`);
    const chat = new PlainChat({ id: crypto.randomUUID(), transport });
    await chat.sendMessage({ text: 'echo' });
    expect(chat.error?.message).toBe('You are not signed in any more. Sign in again.');
  });

  test('[H2] nobody without one: the socket is closed with the first frame', async () => {
    using client = await openRawClient(gateway.port, {}, '/ai-sdk');
    const frame = { type: 'resume', requestId: 'r', id: 'c', headers: {}, body: {} };
    client.sendText(JSON.stringify(frame));
    expect(await client.closed).toBe(4401);
  });

  test('[F3] what is no frame of that protocol ends the connection', async () => {
    using client = await openRawClient(gateway.port, { 'x-api-key': apiKey }, '/ai-sdk');
    client.sendText('{"type":"send"}');
    expect(await client.closed).toBe(4400);
  });

  test('[A5] nobody at all, unless the operator opens the door', async () => {
    await using closed = await startGateway();
    await expect(openRawClient(closed.port, { 'x-api-key': apiKey }, '/ai-sdk')).rejects.toThrow('404');
  });
});
