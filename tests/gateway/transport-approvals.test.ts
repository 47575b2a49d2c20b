import type { ServerData } from '@hotplex/aep-protocol';
import { AepChatTransport, toMessages } from '@hotplex/ai-sdk-transport';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { lastAssistantMessageIsCompleteWithApprovalResponses } from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApproval, partOf, textOf, toolOf } from '../../packages/ai-sdk-transport/test/message-parts.ts';
import { PlainChat } from '../../packages/ai-sdk-transport/test/plain-chat.ts';
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

const sendAutomaticallyWhen = lastAssistantMessageIsCompleteWithApprovalResponses;

/** A page: a transport and the chat of one session, which sends answered approvals by itself. */
async function openPage({ chatId, approvals }: { chatId?: string; approvals: 'inline' | 'turn' }) {
  const id = chatId ?? (await sessions.create({ workerType: 'demo' })).id;
  const transport = new AepChatTransport({ url: gateway.url, auth: apiKey, approvals });
  const { messages } = await toMessages(sessions.allEvents(id));
  const chat = new PlainChat({ id, transport, messages, sendAutomaticallyWhen });
  return { id, transport, chat, [Symbol.dispose]: () => transport.close() };
}

async function decisions(id: string) {
  const found: ServerData<'permission.resolved'>[] = [];
  for await (const { event } of sessions.allEvents(id)) {
    if (event.type === 'permission.resolved') found.push(event.data);
  }
  return found;
}

describe('approvals within the stream', () => {
  test.each([true, false])('[E4] answered %s while the answer streams, in one message', async (allowed) => {
    using page = await openPage({ approvals: 'inline' });
    const { chat, transport, id } = page;
    const sent = chat.sendMessage({ text: 'permission' });
    const approvalId = await chat.until(() => openApproval(chat.lastMessage));
    expect(chat.status).toBe('streaming');
    await transport.respondToPermission(id, approvalId, { allowed, reason: 'because' });
    await chat.addToolApprovalResponse({ id: approvalId, approved: allowed });
    await sent;
    expect(chat.status).toBe('ready');
    expect(chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(toolOf(chat.lastMessage)?.state).toBe(allowed ? 'output-available' : 'output-denied');
    expect(partOf(chat.lastMessage, 'data-permission')?.data.status).toBe(allowed ? 'allowed' : 'denied');
    expect(await decisions(id)).toMatchObject([{ id: approvalId, allowed, reason: 'answered' }]);
  });
});

describe('approvals by turn', () => {
  test.each([true, false])('[E4] addToolApprovalResponse(%s) alone decides and goes on', async (approved) => {
    using page = await openPage({ approvals: 'turn' });
    const { chat, id } = page;
    await chat.sendMessage({ text: 'permission' });
    expect(chat.status).toBe('ready');
    const approvalId = openApproval(chat.lastMessage) ?? '';
    const turnId = chat.lastMessage?.id;
    await chat.addToolApprovalResponse({ id: approvalId, approved, reason: 'my reason' });
    await chat.until(({ lastMessage }) => lastMessage?.metadata?.success === true);
    await chat.until(({ status }) => status === 'ready');
    expect(chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(chat.lastMessage?.id).toBe(turnId);
    expect(toolOf(chat.lastMessage)?.state).toBe(approved ? 'output-available' : 'output-denied');
    expect(textOf(chat.lastMessage)).toMatch(approved ? /^You allowed it/ : /^I did not run it: my reason/);
    expect(await decisions(id)).toMatchObject([{ id: approvalId, allowed: approved, reason: 'answered' }]);
  });

  test('[E4] a page that is loaded while the request waits shows it and can answer it', async () => {
    using first = await openPage({ approvals: 'turn' });
    await first.chat.sendMessage({ text: 'permission' });
    first.transport.close();
    using second = await openPage({ chatId: first.id, approvals: 'turn' });
    const { chat } = second;
    await chat.resumeStream();
    expect(chat.messages.map(({ id }) => id)).toEqual(first.chat.messages.map(({ id }) => id));
    await chat.addToolApprovalResponse({ id: openApproval(chat.lastMessage) ?? '', approved: true });
    await chat.until(({ lastMessage }) => lastMessage?.metadata?.success === true);
    await chat.until(({ status }) => status === 'ready');
    expect(chat.messages).toHaveLength(2);
    expect(toolOf(chat.lastMessage)?.state).toBe('output-available');
  });

  test('[C1] a request that another device answers: the page is told, and shows the rest', async () => {
    using page = await openPage({ approvals: 'turn' });
    const { chat, transport, id } = page;
    await chat.sendMessage({ text: 'permission' });
    const turnId = chat.lastMessage?.id;
    const announced = new Promise((resolve) => {
      transport.onForeignTurn(id, resolve);
    });
    using other = new AepClient({ url: gateway.url, auth: apiKey, sessionId: id, workerType: 'demo' });
    await other.connect();
    await other.respondToPermission(openApproval(chat.lastMessage) ?? '', { allowed: false });
    expect(await announced).toEqual({ turnId, message: undefined });
    await chat.resumeStream();
    expect(chat.messages).toHaveLength(2);
    expect(chat.lastMessage).toMatchObject({ id: turnId, metadata: { success: true } });
    expect(toolOf(chat.lastMessage)?.state).toBe('output-denied');
  });

  test('[E4] an answer that comes second is no failure: what was decided is shown', async () => {
    using page = await openPage({ approvals: 'turn' });
    const { chat, id } = page;
    await chat.sendMessage({ text: 'permission' });
    const approvalId = openApproval(chat.lastMessage) ?? '';
    using other = new AepClient({ url: gateway.url, auth: apiKey, sessionId: id, workerType: 'demo' });
    await other.connect();
    await other.respondToPermission(approvalId, { allowed: false });
    await chat.addToolApprovalResponse({ id: approvalId, approved: true });
    await chat.until(({ lastMessage }) => lastMessage?.metadata?.success === true);
    expect(toolOf(chat.lastMessage)?.state).toBe('output-denied');
    expect(await decisions(id)).toHaveLength(1);
  });
});
