import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';
import { rawRequest, speakRaw } from './speak-raw.ts';

/** Anything one can put on a line: whatever Node's parser lets through reaches us, the rest it must refuse. */
const value = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    'null',
    '\u0000',
    'Bearer ',
    'Bearer  a b',
    'Bearer a.b.c',
    'Basic OnNlY3JldA==',
    '%',
    '\u00ff',
  ),
  fc.constantFrom('http://[', 'http://127.0.0.1:99999', '[::1', '127.0.0.1:-1', '..', '__proto__', '{"a":1}'),
  fc.constantFrom('hotplex_refresh=%', 'hotplex_refresh="', '=;=;=', 'hotplex_refresh=a; hotplex_refresh=b'),
);
const name = fc.oneof(
  ...[
    fc.constantFrom(
      'host',
      'origin',
      'authorization',
      'x-api-key',
      'cookie',
      'content-type',
      'content-length',
    ),
    fc.constantFrom(
      'transfer-encoding',
      'expect',
      'upgrade',
      'connection',
      'if-none-match',
      'accept-encoding',
    ),
    fc.constantFrom(
      '__proto__',
      'constructor',
      'sec-websocket-key',
      'sec-websocket-protocol',
      'range',
      'forwarded',
    ),
  ],
);
const path = fc.constantFrom(
  ...['/health', '/api/agents', '/api/sessions', '/api/sessions/x?limit=%', '/api/auth/refresh', '/ws', '/'],
  ...['/api/auth/sign-in', '/%', '/api/%00', '//', '/api/sessions/__proto__', '/api?x[]=1', '/\\..\\', '*'],
);
const method = fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'PUT', 'CONNECT', 'M-SEARCH');

describe('[W6] hostile requests', () => {
  test('whatever is in a header, the answer is no failure of ours and the gateway lives', async () => {
    const gateway = await openGateway();
    const host = `host: 127.0.0.1:${gateway.port}`;
    await fc.assert(
      fc.asyncProperty(
        method,
        path,
        fc.array(fc.tuple(name, value), { maxLength: 6 }),
        fc.boolean(),
        async (verb, address, headers, known) => {
          const lines = headers.map(([key, text]) => `${key}: ${text.replace(/[\r\n]/g, '')}`);
          const first = known ? [host, `x-api-key: ${apiKey}`] : [];
          const request = rawRequest(`${verb} ${address} HTTP/1.1`, [
            ...first,
            ...lines,
            'connection: close',
          ]);
          const { status, text } = await speakRaw(gateway.port, request);
          expect(status, `${request}\n${text}`).toBeLessThan(500);
        },
      ),
      { numRuns: 400, interruptAfterTimeLimit: 12_000 },
    );
    expect(gateway.door.logged.filter((line) => line.includes('a request failed'))).toEqual([]);
    const health = rawRequest('GET /health HTTP/1.1', [host, 'connection: close']);
    expect((await speakRaw(gateway.port, health)).status).toBe(200);
  });

  test('[W6] [CVE-2026-14631] an upgrade with any headers is a refusal or a socket, never a hang', async () => {
    const gateway = await openGateway();
    const upgrade = ['connection: upgrade', 'upgrade: websocket'];
    await fc.assert(
      fc.asyncProperty(path, fc.array(fc.tuple(name, value), { maxLength: 6 }), async (address, headers) => {
        const lines = headers.map(([key, text]) => `${key}: ${text.replace(/[\r\n]/g, '')}`);
        const request = rawRequest(`GET ${address} HTTP/1.1`, [
          ...[`host: 127.0.0.1:${gateway.port}`, ...upgrade, ...lines, 'connection: close, upgrade'],
        ]);
        const { status, text } = await speakRaw(gateway.port, request);
        expect(status, `${request}\n${text}`).toBeLessThan(500);
      }),
      { numRuns: 300, interruptAfterTimeLimit: 8_000 },
    );
    const own = rawRequest('GET /ws HTTP/1.1', [`host: 127.0.0.1:${gateway.port}`, ...upgrade]);
    expect((await speakRaw(gateway.port, own)).status).toBe(101);
  });

  test.each<[string, string[], number]>([
    ['64 kB of headers', [`x-long: ${'x'.repeat(65_536)}`], 431],
    ['a second Host', ['host: evil.example'], 421],
    ['a length that is none', ['content-length: -1'], 400],
    ['two lengths', ['content-length: 1', 'content-length: 2'], 400],
    ['a length and chunks', ['content-length: 1', 'transfer-encoding: chunked'], 400],
    ['an unknown encoding of the transfer', ['transfer-encoding: xyz'], 411],
    ['a header with a space in its name', ['x y: 1'], 400],
    ['a folded line', ['x: 1', ' folded'], 400],
  ])('%s is refused', async (_, lines, status) => {
    const { port } = await openGateway();
    const headers = [`host: 127.0.0.1:${port}`, ...lines, 'connection: close'];
    expect((await speakRaw(port, rawRequest('GET /health HTTP/1.1', headers))).status).toBe(status);
  });

  test('[W6] [CVE-2026-21710] a `__proto__` header is a header', async () => {
    const { port } = await openGateway();
    const headers = [`host: 127.0.0.1:${port}`, '__proto__: x', 'connection: close'];
    expect((await speakRaw(port, rawRequest('GET /health HTTP/1.1', headers))).status).toBe(200);
  });

  test('[W1] an upgrade that is refused is closed by us: the peer cannot keep it half open', async () => {
    const { port } = await openGateway();
    const lines = [`host: 127.0.0.1:${port}`, 'connection: upgrade', 'upgrade: websocket'];
    const refusals = [
      rawRequest('GET /ws HTTP/1.1', [...lines, 'origin: https://evil.example']),
      rawRequest('GET /ws HTTP/1.1', [...lines, 'x-api-key: wrong']),
      rawRequest('GET /nothing HTTP/1.1', lines),
      rawRequest('GET /ws?token=x HTTP/1.1', lines),
    ];
    const answers = await Promise.all(refusals.map((request) => speakRaw(port, request)));
    expect(answers.map(({ status }) => status)).toEqual([403, 401, 404, 400]);
  });
});
