import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask, askForSocket } from '../support/ask.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { openTokenService } from '../support/token-service.ts';

// What was done to others, done to us. tests/security/peer-attacks.json says which attacks are replayed elsewhere.
const service = openTokenService();
const json = { 'content-type': 'application/json' };
const key = { 'x-api-key': apiKey };
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { ...service.env, HOTPLEX_LOG_LEVEL: 'error' } });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  service[Symbol.dispose]();
});
/** No request ended the process. */
afterEach(async () => {
  expect(await ask(gateway.port, '/health')).toMatchObject({ status: 200, body: '{"status":"ok"}' });
});

/** Listens for whoever is led there, and says how often somebody came. */
async function listen() {
  const calls: Socket[] = [];
  const server = createServer((socket) => {
    calls.push(socket);
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { calls, port: typeof address === 'object' ? (address?.port ?? 0) : 0, close: () => server.close() };
}

describe('credentials', () => {
  const good = () => service.tokenOf('alice');
  const asked = (headers: Record<string, string>, from: string) =>
    ask(gateway.port, '/api/sessions', { headers, from });

  test('[A4] [CVE-2026-28472] [GHSA-rqpp-rjj8-7wv8] that are there are not for that reason good', async () => {
    for (const authorization of ['Bearer ', 'Bearer null', 'Bearer a.b.c', 'bearer undefined', 'Basic eDp5'])
      expect((await asked({ authorization }, '127.0.0.2')).status, authorization).toBe(401);
    const scopes = { 'x-scopes': 'driver admin', 'x-openclaw-scopes': 'operator.admin', 'x-role': 'admin' };
    const viewer = {
      ...json,
      ...scopes,
      authorization: `Bearer ${service.tokenOf('alice', { scope: 'viewer' })}`,
    };
    const body = JSON.stringify({ worker_type: 'demo', scope: 'driver', scopes: ['operator.admin'] });
    expect((await ask(gateway.port, '/api/sessions', { method: 'POST', headers: viewer, body })).status).toBe(
      403,
    );
  });

  test('[A4] [A6] [openclaw#57647] that come in two are none, and a guess is no cheaper beside a good one', async () => {
    const from = '127.0.0.3';
    const two = { authorization: `Bearer ${good()}`, ...key };
    expect((await asked(two, from)).status).toBe(401);
    const cookie = `hotplex_refresh=${good()}`;
    const guesses = await Promise.all(
      Array.from({ length: 50 }, (_, count) => {
        const authorization = `Bearer hotplex_0123456789ab_${String(count).padStart(43, '0')}`;
        return asked({ authorization, cookie }, from);
      }),
    );
    expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([401, 429]));
    expect(guesses.filter(({ status }) => status === 401).length).toBeLessThan(10);
  });
});

describe('requests that were made for other servers', () => {
  test('[D5] [CVE-2026-25593] no request sets what is run, by nobody and by a user neither', async () => {
    const evil = { cliPath: '/tmp/evil', command: '/tmp/evil', hooks: {}, env: { PATH: '/tmp/evil' } };
    for (const path of ['/api/config', '/config', '/api/settings', '/api/agents/demo', '/config.apply'])
      for (const method of ['PUT', 'POST', 'PATCH']) {
        const send = (headers: Record<string, string>) =>
          ask(gateway.port, path, { method, headers: { ...json, ...headers }, body: JSON.stringify(evil) });
        expect([401, 404, 405], `${method} ${path}`).toContain((await send({})).status);
        expect([404, 405], `${method} ${path}`).toContain((await send(key)).status);
      }
    const made = { worker_type: 'demo', config: evil };
    const answer = await ask(gateway.port, '/api/sessions', {
      ...{ method: 'POST', headers: { ...json, ...key }, body: JSON.stringify(made) },
    });
    expect(answer).toMatchObject({ status: 422, body: expect.stringContaining('env') });
  });

  test('[X1] [CVE-2025-29927] [GHSA-267c] [GHSA-26hh] [GHSA-492v] [GHSA-36qx] no header and no shape of a route goes around the lock', async () => {
    const steps = 'middleware:middleware:middleware:middleware:middleware';
    const headers = {
      'x-middleware-subrequest': steps,
      'x-middleware-next': '1',
      'x-middleware-rewrite': '/health',
      'x-nextjs-data': '1',
      'x-invoke-path': '/health',
      ...{ rsc: '1', 'next-router-prefetch': '1', 'next-url': '/health' },
    };
    for (const [name, value] of Object.entries(headers))
      expect((await ask(gateway.port, '/api/sessions', { headers: { [name]: value } })).status, name).toBe(
        401,
      );
    for (const path of [
      '/_next/data/x/api/sessions.json',
      ...[
        '/en/api/sessions',
        '/api/sessions.rsc',
        '/api/sessions.txt',
        '/api/sessions.segments/_tree.segment.rsc',
      ],
      ...['//api/sessions', '/api//sessions', '/api/sessions/', '/api/sessions?_rsc=1', '/./api/sessions'],
    ]) {
      const { status, body } = await ask(gateway.port, path, { headers });
      expect([400, 401, 404], `${path}: ${status}`).toContain(status);
      expect(body, path).not.toContain('"sessions":');
    }
  });

  test('[X2] [CVE-2025-55182] [CVE-2025-55183] [CVE-2025-55184] [CVE-2025-67779] [CVE-2026-23870] there is no server action to be called', async () => {
    const boundary = 'evil';
    const then =
      '{"then":"$1:__proto__:then","status":"resolved_model","value":"{\\"then\\":\\"$B1337\\"}","_response":{"_prefix":"process.exit(9);","_formData":{"get":"$1:constructor:constructor"}}}';
    const part = (name: string, value: string) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const body = `${part('0', then)}${part('1', '"$@0"')}--${boundary}--\r\n`;
    for (const action of ['x', '7f'.repeat(21), '$F1'])
      for (const path of ['/', '/index.html', '/api/sessions', '/_next/']) {
        const headers = {
          'next-action': action,
          'content-type': `multipart/form-data; boundary=${boundary}`,
        };
        const started = performance.now();
        const { status } = await ask(gateway.port, path, { method: 'POST', headers, body });
        expect([400, 401, 403, 404, 405, 415], `${path}: ${status}`).toContain(status);
        // Nor is there one to keep busy (55184).
        expect(performance.now() - started).toBeLessThan(5_000);
      }
    const page = await ask(gateway.port, '/');
    expect(page.body).not.toContain('$ACTION');
  });

  test('[X3] [CVE-2026-44578] a socket is opened here and led nowhere else', async () => {
    const inner = await listen();
    const away = `127.0.0.1:${inner.port}`;
    for (const target of [
      `http://${away}/ws`,
      `//${away}/ws`,
      `/\\${away}/ws`,
      `/_next/image?url=http://${away}/`,
    ])
      for (const host of [`127.0.0.1:${gateway.port}`, away]) {
        const { line, stream } = await askForSocket(gateway.port, target, { ...key, host });
        stream.destroy();
        expect(line, `${target} of ${host}`).toMatch(/ (400|404|421) /);
      }
    expect((await ask(gateway.port, `/_next/image?url=http://${away}/a.png&w=64&q=75`)).status).not.toBe(200);
    expect(inner.calls).toEqual([]);
    inner.close();
  });

  test('[D4] [claude-code-deeplink] no value of a client is a flag, nor hides one', async () => {
    const flag = '--settings={"hooks":{"SessionStart":[]}}';
    for (const config of [
      { model: flag },
      { work_dir: flag },
      { allowed_tools: ['Bash', flag] },
      { agent: '-p' },
    ])
      for (const worker of ['claude_code', 'opencode_server']) {
        const body = JSON.stringify({ worker_type: worker, config });
        const headers = { ...json, ...key };
        const { status } = await ask(gateway.port, '/api/sessions', { method: 'POST', headers, body });
        expect([400, 422], `${worker} ${JSON.stringify(config)}: ${status}`).toContain(status);
      }
  });
});

test('[CVE-2026-2229] a server whose answer is no compression that there is does not end its client', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (request) => {
      const given = /sec-websocket-key: (\S+)/i.exec(String(request))?.[1] ?? '';
      const accept = createHash('sha1')
        .update(`${given}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        .digest('base64');
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\nsec-websocket-protocol: aep.v1\r\nsec-websocket-extensions: permessage-deflate; server_max_window_bits=999\r\n\r\n`,
      );
      // A compressed text frame, for a window that does not exist.
      socket.write(Buffer.from([0xc1, 0x07, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const client = new AepClient({
    ...{ url: `http://127.0.0.1:${port}`, workerType: 'demo', auth: apiKey, reconnect: false },
  });
  await expect(client.connect()).rejects.toBeInstanceOf(Error);
  client.close();
  server.close();
});
