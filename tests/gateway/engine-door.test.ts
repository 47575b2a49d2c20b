import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { openRawClient } from '../support/raw-client.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway({
    env: { HOTPLEX_DOORS_ENGINE_ENABLED: 'true', HOTPLEX_DOORS_ENGINE_WORKER_TYPE: 'demo' },
  });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

type Said = { request_id?: number; event: string; data: Record<string, unknown> };

/** As a program of that time does it: the package `ws`, a key in the Authorization header, frames as hotplexd had them. */
async function openEngineClient(authorization = `Bearer ${apiKey}`) {
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/ws/v1/agent`, { headers: { authorization } });
  const said: Said[] = [];
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (data) => void said.push(JSON.parse(String(data)) as Said));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    closed,
    send: (frame: object) => socket.send(JSON.stringify(frame)),
    /** All frames of a request, as soon as the one is there that ends it. */
    async answered(requestId: number, ...ends: string[]) {
      const ended = () => said.some((one) => one.request_id === requestId && ends.includes(one.event));
      await expect.poll(ended).toBe(true);
      return said.filter((one) => one.request_id === requestId);
    },
    [Symbol.dispose]: () => socket.close(),
  };
}
const textOf = (frames: Said[], event: string) =>
  frames.flatMap((one) => (one.event === event ? [one.data.event_data] : [])).join('');

describe('a client of the older engine at /ws/v1/agent', () => {
  test('execute: the answer, its tools and its figures under their old names', async () => {
    using client = await openEngineClient();
    client.send({ request_id: 7, type: 'execute', session_id: 'tools', prompt: 'tool' });
    const frames = await client.answered(7, 'completed', 'error');
    expect(textOf(frames, 'answer')).not.toBe('');
    const used = frames.find(({ event }) => event === 'tool_use')?.data.meta as { tool_id: string };
    const results = frames.filter(({ event }) => event === 'tool_result');
    expect(results.map(({ data }) => data.meta)).toContainEqual(
      expect.objectContaining({ tool_id: used.tool_id, status: 'success' }),
    );
    const [stats, completed] = frames.slice(-2);
    expect(stats).toMatchObject({ event: 'session_stats', data: { session_id: 'tools' } });
    expect(completed).toMatchObject({
      event: 'completed',
      data: { session_id: 'tools', stats: stats?.data },
    });
    client.send({ request_id: 8, type: 'stats', session_id: 'tools' });
    expect(await client.answered(8, 'stats', 'error')).toMatchObject([{ event: 'stats', data: stats?.data }]);
  });

  test('[H6] a session is found again by its name, by this door and by AEP', async () => {
    using client = await openEngineClient();
    client.send({ request_id: 1, type: 'execute', prompt: 'echo', config: { session_id: 'kept' } });
    await client.answered(1, 'completed', 'error');
    using aep = new AepClient({ url: gateway.url, auth: apiKey, workerType: 'demo', sessionId: 'kept' });
    await aep.connect();
    expect((await aep.prompt('echo').done).stats?._session?.turn_count).toBe(2);
  });

  test('stop ends the agent in the middle of its work, and the next prompt goes on', async () => {
    using client = await openEngineClient();
    client.send({ request_id: 1, type: 'execute', session_id: 'stopped', prompt: 'wait' });
    await client.answered(1, 'answer');
    client.send({ request_id: 2, type: 'stop', session_id: 'stopped', reason: 'enough' });
    expect(await client.answered(2, 'stopped', 'error')).toMatchObject([{ event: 'stopped' }]);
    expect((await client.answered(1, 'completed', 'error')).at(-1)?.event).toBe('error');
    client.send({ request_id: 3, type: 'execute', session_id: 'stopped', prompt: 'echo' });
    expect((await client.answered(3, 'completed', 'error')).at(-1)?.event).toBe('completed');
  });

  test('what it does not understand is answered in words, and the socket stays', async () => {
    using client = await openEngineClient();
    client.send({ request_id: 1, type: 'execute' });
    expect(await client.answered(1, 'error')).toMatchObject([
      { data: { message: 'prompt cannot be empty' } },
    ]);
    client.send({ request_id: 2, type: 'relay' });
    expect((await client.answered(2, 'error'))[0]?.data.message).toBe('Unknown request type: relay');
    client.send({ request_id: 3, type: 'stop', session_id: 'nobody' });
    expect((await client.answered(3, 'error'))[0]?.data.message).toContain('nothing was executed');
    client.send({ request_id: 4, type: 'version' });
    expect(await client.answered(4, 'version')).toMatchObject([{ data: { version: expect.any(String) } }]);
  });

  test('[W3] a wrong key never becomes a socket, and none is sent away with its first frame', async () => {
    await expect(openEngineClient(`Bearer ${apiKey}x`)).rejects.toThrow('401');
    using nobody = await openRawClient(gateway.port, {}, '/ws/v1/agent');
    nobody.sendText('{"type":"version"}');
    expect(await nobody.closed).toBe(4401);
  });

  test('who speaks AEP there is answered in AEP, also while the door is open for the other', async () => {
    using client = new AepClient({
      ...{ url: `${gateway.url}/ws/v1/agent`, auth: apiKey, workerType: 'demo' },
    });
    await client.connect();
    expect(await client.prompt('echo').done).toMatchObject({ success: true });
  });
});
