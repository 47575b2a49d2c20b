import { once } from 'node:events';
import type { Socket } from 'node:net';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask, askForSocket } from '../support/ask.ts';
import { openOperators } from '../support/operators.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
let operators: Awaited<ReturnType<typeof openOperators>>;
beforeAll(async () => {
  operators = await openOperators();
  gateway = await startGateway({ env: { ...operators.env, HOTPLEX_GATEWAY_INIT_TIMEOUT: '300ms' } });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

/** Whatever somebody sent, the next client is served, and nothing of it is left. */
afterEach(async () => {
  expect((await ask(gateway.port, '/health')).status).toBe(200);
  const client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
  await client.connect();
  expect((await client.prompt('flood 3').done).success).toBe(true);
  client.close();
  await expect.poll(operators.connections, { timeout: 10_000 }).toBe(0);
});

const bytes = (...values: (number | Buffer)[]) =>
  Buffer.concat(values.map((value) => (typeof value === 'number' ? Buffer.from([value]) : value)));
/** A frame with the mask 0, so that its payload can be read here as it is sent (RFC 6455, 5.2). */
const frame = (first: number, payload: Buffer, announced = payload.length) => {
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(BigInt(announced));
  return bytes(first, 0xff, long, Buffer.alloc(4), payload);
};
/** The code of the gateway's close frame, which is the first frame that the gateway sends here. */
async function closeCodeOf(stream: Socket): Promise<number> {
  stream.on('error', () => stream.destroy());
  const [received] = (await once(stream, 'data')) as [Buffer];
  stream.destroy();
  expect(received[0]).toBe(0x88);
  return received.readUInt16BE(2);
}
async function closeCodeAfter(sent: Buffer): Promise<number> {
  const { stream, line } = await askForSocket(gateway.port, '/ws');
  expect(line).toContain('101');
  stream.write(sent);
  return closeCodeOf(stream);
}

describe('[W5] [ws-tiny-fragments] frames that are none', () => {
  const part = (first: number) => frame(first, Buffer.from('a'));
  test.each<[string, Buffer, number]>([
    ['without a mask', bytes(0x81, 2, Buffer.from('hi')), 1002],
    ['with reserved bits', frame(0xf1, Buffer.from('hi')), 1002],
    ['of an unknown kind', frame(0x83, Buffer.from('hi')), 1002],
    ['that go on with nothing', part(0x80), 1002],
    ['of control, in fragments', part(0x09), 1002],
    ['of control, too long', frame(0x89, Buffer.alloc(126)), 1002],
    ['that are not UTF-8', frame(0x81, Buffer.from([0xc3, 0x28])), 1007],
    ['larger than the limit', frame(0x81, Buffer.alloc(16), 2_000_000), 1009],
    ['of a size no number holds', bytes(0x81, 0xff, Buffer.alloc(8, 0xff), Buffer.alloc(4)), 1009],
    ['in 2 000 fragments', bytes(part(0x01), ...Array.from({ length: 2_000 }, () => part(0x00))), 1008],
    ['that are binary', frame(0x82, Buffer.from('hi')), 1003],
  ])('%s close the socket with a code', async (_, sent, code) => {
    expect(await closeCodeAfter(sent)).toBe(code);
  });
});

test('[H1] [W4] a socket that says nothing is closed after the time for init', async () => {
  const { stream } = await askForSocket(gateway.port, '/ws');
  expect(await closeCodeOf(stream)).toBe(4408);
});

describe('[W8] what no client may say', () => {
  const init = JSON.stringify({
    version: 'aep/v1',
    event: { type: 'init', data: { version: 'aep/v1', worker_type: 'demo', auth: { token: apiKey } } },
  });
  const said = (type: string, data: unknown) =>
    JSON.stringify({ version: 'aep/v1', id: 'x1', event: { type, data } });

  test.each<[string, string, string]>([
    [
      'a message of the agent',
      said('message', { id: 'm', role: 'assistant', content: 'fake' }),
      'PROTOCOL_VIOLATION',
    ],
    ['the end of a turn', said('done', { success: true }), 'PROTOCOL_VIOLATION'],
    [
      'a permission request',
      said('permission_request', { id: 'p', tool_name: 'Bash' }),
      'PROTOCOL_VIOLATION',
    ],
    [
      'a poisoned prototype',
      '{"__proto__":{"version":"aep/v1"},"event":{"type":"input"}}',
      'INVALID_MESSAGE',
    ],
    ['a nest of a thousand', `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`, 'INVALID_MESSAGE'],
    ['no object', '[]', 'INVALID_MESSAGE'],
    ['a number for a text', said('input', { content: 7 }), 'INVALID_MESSAGE'],
  ])('%s is refused and told to nobody', async (_, sent, code) => {
    const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/ws`);
    const frames: { event: { type: string; data: { code?: string } } }[] = [];
    const answered = new Promise<void>((resolve) => {
      socket.onmessage = ({ data }) => {
        frames.push(JSON.parse(String(data)));
        if (frames.length === 1) socket.send(sent);
        else resolve();
      };
    });
    socket.onopen = () => socket.send(init);
    await answered;
    socket.close();
    expect(frames.map(({ event }) => event.type)).toEqual(['init_ack', 'error']);
    expect(frames[1]?.event.data.code).toBe(code);
  });
});
