import { AepChatTransport, type AepUIMessage, type ForeignTurn, toMessages } from '@hotplex/ai-sdk-transport';
import { SessionsApi } from '@hotplex/client-sdk';
import { isToolUIPart } from 'ai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { openApproval, partOf, textOf } from '../../packages/ai-sdk-transport/test/message-parts.ts';
import { PlainChat } from '../../packages/ai-sdk-transport/test/plain-chat.ts';
import { cuttingWebSocket } from '../support/cutting-web-socket.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
let sessions: SessionsApi;
beforeAll(async () => {
  gateway = await startGateway();
  sessions = new SessionsApi({ url: gateway.url, auth: apiKey });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

type Options = Partial<ConstructorParameters<typeof AepChatTransport>[0]>;

/** A page that shows a session: the AI SDK’s chat with the history, on a transport of its own. */
async function openPage(chatId?: string, options: Options = {}) {
  const id = chatId ?? (await sessions.create({ workerType: 'demo' })).id;
  const transport = new AepChatTransport({ url: gateway.url, auth: apiKey, ...options });
  const { messages } = await toMessages(sessions.allEvents(id));
  const chat = new PlainChat({ id, transport, messages });
  return { id, transport, chat, [Symbol.dispose]: () => transport.close() };
}
const idsOf = (messages: AepUIMessage[]) => messages.map(({ id }) => id);

test('[I1] the ids of a chat are those of the log: user message = input, assistant message = turn', async () => {
  using page = await openPage();
  await page.chat.sendMessage({ text: 'think' });
  const logged: (string | undefined)[] = [];
  for await (const { event, turn_id } of sessions.allEvents(page.id)) {
    if (event.type === 'input') logged.push(event.data.input_id);
    if (event.type === 'done') logged.push(turn_id);
  }
  expect(idsOf(page.chat.messages)).toEqual(logged);
  expect(page.chat.lastMessage?.parts.map(({ type }) => type)).toEqual(['step-start', 'reasoning', 'text']);
});

test('[E3] the figures of a turn are in its metadata', async () => {
  using page = await openPage();
  await page.chat.sendMessage({ text: 'tool' });
  const { metadata, parts } = page.chat.lastMessage ?? {};
  expect(metadata).toMatchObject({
    sessionId: page.id,
    success: true,
    stopReason: 'end_turn',
    stats: { tool_calls: parts?.filter(isToolUIPart).length, model: 'demo', _session: { turn_count: 1 } },
  });
});

test('[E4] a question is a data part, and its answer reaches the agent', async () => {
  using page = await openPage();
  const { chat, transport, id } = page;
  const sent = chat.sendMessage({ text: 'question' });
  const asked = await chat.until(() => partOf(chat.lastMessage, 'data-question')?.data);
  const answers = { 'Which colour should the button have?': 'Blue', 'Which fruits do you like?': ['Pear'] };
  await transport.answerQuestion(id, asked.id, answers);
  await sent;
  expect(partOf(chat.lastMessage, 'data-question')?.data).toMatchObject({ status: 'answered', answers });
  expect(textOf(chat.lastMessage)).toMatch(/^You chose:.*Blue.*Pear/s);
});

test('stop() detaches: the agent goes on, and resuming shows the same message whole, however often', async () => {
  using page = await openPage();
  const { chat, transport, id } = page;
  const sent = chat.sendMessage({ text: 'permission' });
  const approval = await chat.until(() => openApproval(chat.lastMessage));
  await chat.stop();
  await sent;
  const before = idsOf(chat.messages);
  expect((await sessions.get(id)).turn?.id).toBe(before[1]);
  void chat.resumeStream();
  await chat.until(() => chat.status === 'streaming' && openApproval(chat.lastMessage));
  await chat.stop();
  const resumed = chat.resumeStream();
  await chat.until(() => chat.status === 'streaming' && openApproval(chat.lastMessage));
  await transport.respondToPermission(id, approval, { allowed: true });
  await resumed;
  expect(idsOf(chat.messages)).toEqual(before);
  expect(chat.lastMessage?.metadata?.success).toBe(true);
  await chat.resumeStream();
  expect(idsOf(chat.messages)).toEqual(before);
});

test('[I5] interrupt is what stops the agent, and its end ends the stream', async () => {
  using page = await openPage();
  const { chat, transport, id } = page;
  const sent = chat.sendMessage({ text: 'permission' });
  await chat.until(() => openApproval(chat.lastMessage));
  await transport.interrupt(id);
  await sent;
  expect(chat.status).toBe('ready');
  expect(chat.lastMessage?.metadata).toMatchObject({ success: false, stopReason: 'interrupted' });
  expect((await sessions.get(id)).turn).toBeNull();
});

test('[R3] a page loaded in a running turn shows it from its start, under the same id', async () => {
  using first = await openPage();
  const sent = first.chat.sendMessage({ text: 'permission' });
  const approval = await first.chat.until(() => openApproval(first.chat.lastMessage));
  using second = await openPage(first.id);
  expect(second.chat.messages).toHaveLength(1);
  const resumed = second.chat.resumeStream();
  await second.chat.until(() => openApproval(second.chat.lastMessage));
  await second.transport.respondToPermission(first.id, approval, { allowed: true });
  await Promise.all([sent, resumed]);
  expect(second.chat.messages[1]).toEqual(first.chat.messages[1]);
  const { messages } = await toMessages(sessions.allEvents(first.id));
  expect(messages[1]).toEqual(first.chat.messages[1]);
});

test('[C1] a turn of another device is announced with its prompt and can be followed', async () => {
  using here = await openPage();
  using there = await openPage(here.id);
  await here.transport.connect(here.id);
  const announced = new Promise<ForeignTurn>((resolve) => {
    here.transport.onForeignTurn(here.id, resolve);
  });
  const sent = there.chat.sendMessage({ text: 'markdown' });
  const { message, turnId } = await announced;
  if (message) here.chat.messages = [...here.chat.messages, message];
  await Promise.all([sent, here.chat.resumeStream()]);
  expect(here.chat.lastMessage?.id).toBe(turnId);
  expect(idsOf(here.chat.messages)).toEqual(idsOf(there.chat.messages));
  expect(here.chat.messages[1]).toEqual(there.chat.messages[1]);
});

test('[S2] a turn that the agent begins by itself is announced, and becomes a message without a prompt', async () => {
  using page = await openPage();
  const { chat, transport, id } = page;
  const announced = new Promise<ForeignTurn>((resolve) => {
    transport.onForeignTurn(id, resolve);
  });
  await chat.sendMessage({ text: 'background' });
  const { turnId, message } = await announced;
  expect(message).toBeUndefined();
  await chat.resumeStream();
  expect(chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'assistant']);
  expect(chat.lastMessage?.id).toBe(turnId);
  expect(textOf(chat.lastMessage)).toContain('this turn began by itself');
  expect((await toMessages(sessions.allEvents(id))).messages.slice(1)).toEqual(chat.messages.slice(1));
});

test('[R3] a connection that is given up is a disconnect the chat can resume', async () => {
  const webSocket = cuttingWebSocket(() => 12);
  using page = await openPage(undefined, { webSocket, reconnect: false });
  const { chat } = page;
  await chat.sendMessage({ text: 'flood 3000' });
  expect(chat.status).toBe('error');
  expect(chat.error).toBeInstanceOf(TypeError);
  while (chat.status === 'error') await chat.resumeStream();
  expect(chat.messages).toHaveLength(2);
  expect(textOf(chat.lastMessage)).toBe(floodText(3_000));
});

test('[I3] a prompt that steers a running turn becomes a part of its message', async () => {
  using page = await openPage();
  const { chat, id } = page;
  const sent = chat.sendMessage({ text: 'wait' });
  await chat.until(() => textOf(chat.messages[1]) !== '');
  await Promise.all([sent, chat.sendMessage({ text: 'to the left' }, { body: { delivery: 'steer' } })]);
  const [asked, answer, added] = chat.messages;
  expect(chat.messages).toHaveLength(3);
  expect(textOf(answer)).toMatch(/^I wait .*You said “to the left”/);
  expect(partOf(answer, 'steering-message')).toEqual({
    type: 'steering-message',
    id: added?.id,
    parts: [{ type: 'text', text: 'to the left' }],
  });
  const { messages } = await toMessages(sessions.allEvents(id));
  expect(messages).toEqual([expect.objectContaining({ id: asked?.id }), answer]);
});

test('[S2] an agent that crashes ends its message with the error; the next prompt works', async () => {
  using page = await openPage();
  await page.chat.sendMessage({ text: 'crash' });
  expect(page.chat.status).toBe('ready');
  expect(page.chat.lastMessage?.metadata).toMatchObject({
    success: false,
    error: { code: expect.stringMatching(/CRASH/) },
  });
  expect(partOf(page.chat.lastMessage, 'data-error')?.data.code).toMatch(/CRASH/);
  await page.chat.sendMessage({ text: 'think' });
  expect(page.chat.messages).toHaveLength(4);
  expect(page.chat.lastMessage?.metadata?.success).toBe(true);
});

test('regenerate asks the agent again, and the answer replaces the last one on screen', async () => {
  using page = await openPage();
  await page.chat.sendMessage({ text: 'pid' });
  const first = page.chat.lastMessage;
  await page.chat.regenerate();
  expect(page.chat.messages).toHaveLength(2);
  expect(page.chat.lastMessage?.id).not.toBe(first?.id);
  expect(textOf(page.chat.lastMessage)).toBe(textOf(first));
});

test('[H6] a chat id that is no session is the key of one, and finds it again', async () => {
  const workerType = () => 'demo';
  using first = await openKeyed('my-chat', workerType);
  expect(await first.transport.reconnectToStream({ chatId: 'my-chat' })).toBeNull();
  await first.chat.sendMessage({ text: 'remember the sea' });
  using second = await openKeyed('my-chat', workerType);
  await second.chat.sendMessage({ text: 'recall' });
  expect(textOf(second.chat.lastMessage)).toContain('the sea');
});

async function openKeyed(id: string, workerType: () => string) {
  const transport = new AepChatTransport({ url: gateway.url, auth: apiKey, workerType });
  return { transport, chat: new PlainChat({ id, transport }), [Symbol.dispose]: () => transport.close() };
}
