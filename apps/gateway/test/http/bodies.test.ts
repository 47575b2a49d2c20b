import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';
import { rawRequest, readRaw, speakRaw } from './speak-raw.ts';

const known = (port: number) => [`host: 127.0.0.1:${port}`, `x-api-key: ${apiKey}`];
const json = 'content-type: application/json';
const invalid = (problem: string) => expect.stringContaining(problem);

/** Keeps sending until the gateway has had enough; how many bytes that took. */
async function pour(port: number, head: string): Promise<{ status: number; sent: number }> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  const answer = readRaw(socket);
  const piece = Buffer.alloc(64 * 1024, 'x');
  let sent = 0;
  const more = () => {
    while (socket.writable && sent < 1024 ** 3) {
      sent += piece.length;
      if (!socket.write(piece)) return;
    }
  };
  socket.on('drain', more);
  socket.write(head);
  more();
  return { status: (await answer).status, sent };
}

describe('[G10] bodies', () => {
  test('a gigabyte from nobody is cut off after a few megabytes', async () => {
    const { port } = await openGateway();
    const head = rawRequest('POST /api/sessions HTTP/1.1', [
      `host: 127.0.0.1:${port}`,
      json,
      'content-length: 1073741824',
    ]);
    expect((await pour(port, head)).sent).toBeLessThan(100 * 1024 ** 2);
  });

  test('a gigabyte from somebody is refused before it is read', async () => {
    const { port } = await openGateway();
    const head = rawRequest('POST /api/sessions HTTP/1.1', [
      ...known(port),
      json,
      'content-length: 1073741824',
    ]);
    expect((await pour(port, head)).sent).toBeLessThan(100 * 1024 ** 2);
  });

  test.each([
    ['one byte too long', [json, 'content-length: 262145'], 413, 'larger'],
    ['without a length', [json, 'transfer-encoding: chunked'], 411, 'content-length'],
  ])('a body %s is refused by name', async (_, lines, status, problem) => {
    const { port } = await openGateway();
    const request = rawRequest('POST /api/sessions HTTP/1.1', [
      ...known(port),
      ...lines,
      'connection: close',
    ]);
    expect(await speakRaw(port, request)).toEqual({ status, text: invalid(problem) });
  });

  test.each([
    ['no JSON', json, '{"worker_type":', 400, 'not JSON'],
    ['another type', 'content-type: text/plain', '{}', 415, 'application/json'],
    ['a wrong shape', json, '{"worker_type":7}', 400, 'worker_type'],
    ['a deep nest', json, '['.repeat(100_000), 400, ''],
    ['a poisoned prototype', json, '{"__proto__":{"worker_type":"scripted"}}', 400, 'worker_type'],
  ])('a body that is %s is refused', async (_, type, body, status, problem) => {
    const { port } = await openGateway();
    const lines = [...known(port), type, `content-length: ${body.length}`, 'connection: close'];
    const answer = await speakRaw(port, rawRequest('POST /api/sessions HTTP/1.1', lines, body));
    expect(answer).toEqual({ status, text: invalid(problem) });
    expect(answer.text).toContain('INVALID_MESSAGE');
  });

  test('a body that never comes ends the request, and headers that never end do, too', async () => {
    const { port } = await openGateway({ limits: { headersTimeoutMs: 200, requestTimeoutMs: 400 } });
    const slowBody = rawRequest(
      'POST /api/sessions HTTP/1.1',
      [...known(port), json, 'content-length: 100'],
      '{',
    );
    const slowHead = `GET /health HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx: `;
    const answers = await Promise.all([slowBody, slowHead].map((request) => speakRaw(port, request)));
    expect(answers.map(({ status }) => status)).toEqual([408, 408]);
  });
});
