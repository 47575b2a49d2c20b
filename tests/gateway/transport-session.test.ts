import { AepChatTransport, type SessionStatus, SessionWatch, toMessages } from '@hotplex/ai-sdk-transport';
import { SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

/** A page that shows a session and what a watch says of it; `withHistory`: it read the log before. */
async function openPage(chatId?: string, { withHistory = true, presence = false } = {}) {
  const id = chatId ?? (await sessions.create({ workerType: 'demo' })).id;
  const transport = new AepChatTransport({ url: gateway.url, auth: apiKey, presence });
  const history = withHistory ? await toMessages(sessions.allEvents(id)) : undefined;
  const watch = new SessionWatch({ transport, id, history });
  const stop = watch.subscribe(() => {});
  const chat = new PlainChat({ id, transport, messages: history?.messages ?? [] });
  const until = (holds: (status: SessionStatus) => boolean) =>
    expect.poll(() => holds(watch.status), { message: 'the status' }).toBe(true);
  return { id, transport, watch, chat, until, stop, [Symbol.dispose]: () => transport.close() };
}

/** Facts without where the log is: they are the same however one came to them. */
const factsOf = ({ connection: _, participants: __, ...facts }: SessionStatus) => facts;

test.each([true, false])(
  '[I2] [E4] a page that comes later (history read: %s) knows what waits and what is asked',
  async (withHistory) => {
    using first = await openPage();
    void first.chat.sendMessage({ text: 'question' });
    await first.until(({ questions }) => questions.length === 1);
    void first.chat.sendMessage({ text: 'think' });
    await first.until(({ queue }) => queue.length === 1);
    using second = await openPage(first.id, { withHistory });
    await second.until(({ queue, connection }) => queue.length === 1 && connection.status === 'ready');
    expect(factsOf(second.watch.status)).toEqual(factsOf(first.watch.status));
    expect(second.watch.status).toMatchObject({ state: 'running', queue: [{ text: 'think' }] });

    const [prompt] = second.watch.status.queue;
    await second.transport.editPrompt(first.id, prompt?.inputId ?? '', 'pid');
    await first.until(({ queue }) => queue[0]?.text === 'pid');
    await second.transport.cancelPrompt(first.id, prompt?.inputId ?? '');
    await second.transport.answerQuestion(first.id, second.watch.status.questions[0]?.id ?? '', {});
    for (const { until } of [first, second])
      await until(({ state, queue, questions }) => state === 'idle' && queue.length + questions.length === 0);
    expect(first.watch.status).toMatchObject({ usage: { model: 'demo' }, totals: { turn_count: 1 } });
  },
);

test('[R1] a watch that stops and goes on again has missed nothing', async () => {
  using page = await openPage();
  await page.until(({ connection }) => connection.status === 'ready');
  page.stop();
  await page.chat.sendMessage({ text: 'think' });
  expect(page.watch.status.totals).toBeUndefined();
  page.watch.subscribe(() => {});
  await page.until(({ totals }) => totals?.turn_count === 1);
  const { facts } = await toMessages(sessions.allEvents(page.id));
  expect(factsOf(page.watch.status)).toEqual(facts);
});

test('[A5] a page that is not let in says so', async () => {
  const { id } = await sessions.create({ workerType: 'demo' });
  const transport = new AepChatTransport({ url: gateway.url, auth: `${apiKey}-wrong` });
  const watch = new SessionWatch({ transport, id });
  watch.subscribe(() => {});
  await expect
    .poll(() => watch.status.connection)
    .toMatchObject({
      status: 'closed',
      cause: { code: 'UNAUTHORIZED' },
    });
  transport.close();
});

test('[C5] a watch knows who else is there, and forgets them with the connection', async () => {
  using first = await openPage(undefined, { presence: true });
  await first.until(({ participants }) => participants.length === 1);
  using second = await openPage(first.id, { presence: true });
  for (const { until } of [first, second]) await until(({ participants }) => participants.length === 2);
  expect(second.watch.status.participants.map(({ role, you }) => [role, you])).toEqual([
    ['driver', false],
    ['driver', true],
  ]);
  second.transport.close();
  await first.until(({ participants }) => participants.length === 1);
  expect(second.watch.status.participants).toEqual([]);
});
