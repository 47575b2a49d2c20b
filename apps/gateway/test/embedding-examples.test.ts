import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createApp as createExpress } from '../examples/express.ts';
import { createApp as createHono } from '../examples/hono.ts';
import { POST } from '../examples/next/app/api/ask/route.ts';
import { createEngine } from '../src/index.ts';
import { createPlace } from './embedding.ts';

type Ask = (path: string, prompt: string) => Promise<Response>;

/** Two turns of one session, as a page would ask for them. */
async function converse(ask: Ask, path: string): Promise<void> {
  const first = await ask(path, 'remember the milk');
  expect(first.headers.get('content-type')).toMatch(/^text\/event-stream/);
  expect(await first.text()).toMatch(/event: done\ndata: .*"success":true/);
  const id = first.headers.get('x-session') ?? '';
  const second = await ask(`${path}?session=${encodeURIComponent(id)}`, 'recall');
  expect(second.headers.get('x-session')).toBe(id);
  expect(textOf(await second.text())).toContain('the milk');
}

/** The words of the answer in a stream of events. */
function textOf(stream: string): string {
  const deltas = [...stream.matchAll(/^event: message.delta\ndata: (.*)$/gm)];
  return deltas.map(([, data = '']) => JSON.parse(data).content).join('');
}

const userOf = (name: string | null | undefined) => name ?? undefined;
const post = (body: string) => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'text/plain', 'x-user': 'ada' },
});

test('the example with Express', async () => {
  await using engine = await createEngine(createPlace());
  const app = createExpress({ engine, userOf: (request) => userOf(request.get('x-user')) });
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  expect((await fetch(`${url}/ask`, { method: 'POST', body: 'recall' })).status).toBe(401);
  await converse((path, prompt) => fetch(url + path, post(prompt)), '/ask');
});

test('the example with Hono', async () => {
  await using engine = await createEngine(createPlace());
  const app = createHono({ engine, userOf: (request) => userOf(request.headers.get('x-user')) });
  expect((await app.request('/ask', { method: 'POST', body: 'recall' })).status).toBe(401);
  await converse(async (path, prompt) => app.request(path, post(prompt)), '/ask');
});

test('the example with Next.js', async () => {
  const engine = await createEngine(createPlace());
  const kept = globalThis as typeof globalThis & { engine?: unknown };
  kept.engine = Promise.resolve(engine);
  onTestFinished(async () => {
    delete kept.engine;
    await engine.close();
  });
  await converse((path, prompt) => POST(new Request(`http://next.invalid${path}`, post(prompt))), '/api/ask');
});
