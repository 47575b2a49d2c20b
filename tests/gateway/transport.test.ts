import { AepChatTransport, type AepChunk, type AepUIMessage, toMessages } from '@hotplex/ai-sdk-transport';
import { SessionsApi } from '@hotplex/client-sdk';
import { isToolUIPart, readUIMessageStream, uiMessageChunkSchema } from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
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

const open = (options: Partial<ConstructorParameters<typeof AepChatTransport>[0]> = {}) =>
  new AepChatTransport({ url: gateway.url, auth: apiKey, ...options });
const newChat = async () => (await sessions.create({ workerType: 'demo' })).id;
const user = (id: string, text: string): AepUIMessage => ({
  id,
  role: 'user',
  parts: [{ type: 'text', text }],
});
const send = (
  transport: AepChatTransport,
  chatId: string,
  message: AepUIMessage,
  abortSignal?: AbortSignal,
) =>
  transport.sendMessages({
    trigger: 'submit-message',
    chatId,
    messageId: undefined,
    messages: [message],
    abortSignal,
  });

/** Reads a stream to its end; tells each state of the message on the way. Every chunk is one the AI SDK knows. */
async function read(
  stream: ReadableStream<AepChunk>,
  each: (message: AepUIMessage) => void = () => {},
): Promise<AepUIMessage> {
  const schema = uiMessageChunkSchema();
  const checked = stream.pipeThrough(
    new TransformStream<AepChunk, AepChunk>({
      async transform(chunk, controller) {
        expect(await schema.validate?.(chunk), JSON.stringify(chunk)).toMatchObject({ success: true });
        controller.enqueue(chunk);
      },
    }),
  );
  let last: AepUIMessage | undefined;
  for await (const message of readUIMessageStream<AepUIMessage>({ stream: checked })) {
    last = message;
    each(message);
  }
  if (!last) throw new Error('the stream had no message');
  return last;
}
const textOf = (message: AepUIMessage) =>
  message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');

describe('the AI SDK transport against the gateway', () => {
  test.each(['markdown', 'think', 'tool', 'edit', 'plan', 'agent', 'retry', 'error', 'flood 300'])(
    '%s: live, and rebuilt from history, it is the same message',
    async (prompt) => {
      const chatId = await newChat();
      const transport = open();
      const live = await read(await send(transport, chatId, user('u1', prompt)));
      transport.close();
      const history = await toMessages(sessions.allEvents(chatId));
      expect(history.messages).toEqual([expect.objectContaining({ id: 'u1', role: 'user' }), live]);
      expect(history.activeTurn).toBeUndefined();
      expect(live.metadata).toMatchObject({ success: prompt !== 'error', sessionId: chatId });
    },
  );

  test('text that is taken back is gone, and what replaces it stays', async () => {
    const transport = open();
    const message = await read(await send(transport, await newChat(), user('u1', 'retract')));
    expect(textOf(message)).toBe('This one stays.');
    transport.close();
  });

  test('[E4] a permission is asked in the stream and answered in the stream', async () => {
    const chatId = await newChat();
    const transport = open();
    let answered: Promise<void> | undefined;
    const message = await read(await send(transport, chatId, user('u1', 'permission')), ({ parts }) => {
      const waiting = parts.find((part) => isToolUIPart(part) && part.state === 'approval-requested');
      if (waiting && 'approval' in waiting && waiting.approval)
        answered ??= transport.respondToPermission(chatId, waiting.approval.id, {
          allowed: false,
          reason: 'no',
        });
    });
    await answered;
    expect(message.parts.find(isToolUIPart)).toMatchObject({ state: 'output-denied', toolName: 'Bash' });
    expect(message.parts.find(({ type }) => type === 'data-permission')).toMatchObject({
      data: { status: 'denied', by: expect.any(String) },
    });
    transport.close();
  });

  test('aborting only stops listening: a second page picks the turn up from its start', async () => {
    const chatId = await newChat();
    const [first, second] = [open(), open()];
    const leave = new AbortController();
    const stream = await send(first, chatId, user('u1', 'permission'), leave.signal);
    const half = await read(stream, ({ parts }) => {
      if (parts.some((part) => part.type === 'data-permission')) leave.abort();
    });
    expect(half.parts.some((part) => part.type === 'data-permission')).toBe(true);
    first.close();
    const resumed = await second.reconnectToStream({ chatId });
    if (!resumed) throw new Error('there is no turn to pick up');
    let answered: Promise<void> | undefined;
    const whole = await read(resumed, ({ parts }) => {
      const waiting = parts.find((part) => part.type === 'data-permission');
      if (waiting?.type === 'data-permission' && waiting.data.status === 'pending')
        answered ??= second.respondToPermission(chatId, waiting.data.id, { allowed: true });
    });
    await answered;
    expect(whole.id).toBe(half.id);
    expect(whole.metadata?.success).toBe(true);
    expect(await second.reconnectToStream({ chatId })).toBeNull();
    second.close();
  });

  test('a turn started elsewhere is announced with its message, and can be followed', async () => {
    const chatId = await newChat();
    const [here, there] = [open(), open()];
    await here.connect(chatId);
    const announced = new Promise<{ turnId: string; message: AepUIMessage | undefined }>((resolve) => {
      here.onForeignTurn(chatId, resolve);
    });
    const sent = read(await send(there, chatId, user('u9', 'flood 20')));
    const { turnId, message } = await announced;
    expect(message).toMatchObject({ id: 'u9', role: 'user', parts: [{ type: 'text', text: 'flood 20' }] });
    expect((await sent).id).toBe(turnId);
    here.close();
    there.close();
  });

  test('[R3] over a link that breaks every few frames the message is whole', async () => {
    const transport = open({ webSocket: cuttingWebSocket(() => 5) });
    const message = await read(await send(transport, await newChat(), user('u1', 'flood 2000')));
    expect(textOf(message)).toBe(floodText(2_000));
    transport.close();
  });

  test('[I5] interrupt ends the turn and its stream', async () => {
    const chatId = await newChat();
    const transport = open();
    let stopped: Promise<void> | undefined;
    const message = await read(await send(transport, chatId, user('u1', 'permission')), ({ parts }) => {
      if (parts.some((part) => part.type === 'data-permission')) stopped ??= transport.interrupt(chatId);
    });
    await stopped;
    expect(message.metadata).toMatchObject({ success: false, stats: { stop_reason: 'interrupted' } });
    transport.close();
  });
});
