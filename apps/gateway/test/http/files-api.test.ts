import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { forgeToken, validClaims } from '../auth/forge-token.ts';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';
import { rawRequest, speakRaw } from './speak-raw.ts';

const png = Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1');

async function openFilesApi(options: Parameters<typeof openGateway>[0] = {}) {
  const gateway = await openGateway(options);
  const { door, port, sessions } = gateway;
  const alice = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const { id } = sessions.open({ identity: alice, workerType: 'scripted', key: 'a' }).record;
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${port}/api/sessions/${id}/files${path}`, {
      ...init,
      headers: { 'x-api-key': apiKey, ...(init.headers as Record<string, string>) },
    });
  const upload = (bytes: Buffer<ArrayBuffer> | string, name = 'a.txt') =>
    ask(`?name=${encodeURIComponent(name)}`, { method: 'POST', body: new Blob([bytes]) });
  return { ...gateway, alice, ask, id, upload };
}

type View = { id: string; name: string; media_type: string; size: number; sha256: string };

test('[F4] a file comes in as it is, is listed, and goes out as a file that no browser runs', async () => {
  const { ask, upload } = await openFilesApi();
  const made = await upload(png, 'Über "uns".png');
  expect(made.status).toBe(201);
  const file = (await made.json()) as View;
  expect(file).toMatchObject({ name: 'Über _uns_.png', media_type: 'image/png', size: png.length });
  expect(await (await ask('')).json()).toMatchObject({ files: [file], limits: { max_file_size: 1_000_000 } });
  const answer = await ask(`/${file.id}`);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': `attachment; filename="_ber _uns_.png"; filename*=UTF-8''%C3%9Cber%20_uns_.png`,
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'accept-ranges': 'bytes',
    etag: `"${file.sha256}"`,
  });
  expect((await ask(`/${file.id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await ask(`/${file.id}`)).status).toBe(404);
});

test('[F4] a page and a drawing go out as text', async () => {
  const { ask, upload } = await openFilesApi();
  const file = (await (await upload('<svg onload="alert(1)"/>', 'x.svg')).json()) as View;
  const { headers } = await ask(`/${file.id}`);
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(headers.get('content-disposition')).toMatch(/^attachment;/);
});

test('[F4] parts of a file are to be had', async () => {
  const { ask, upload } = await openFilesApi();
  const { id } = (await (await upload('0123456789')).json()) as View;
  const part = await ask(`/${id}`, { headers: { range: 'bytes=2-4' } });
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
    206,
    '234',
    'bytes 2-4/10',
  ]);
  const beyond = await ask(`/${id}`, { headers: { range: 'bytes=10-' } });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10']);
  const head = await ask(`/${id}`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
});

test('[F4] what is not taken is refused by name, and leaves nothing', async () => {
  const { ask, upload, port, id } = await openFilesApi();
  const program = await upload(Buffer.from('\x7fELF\0', 'latin1'), 'a.png');
  expect(program.status).toBe(400);
  expect(await program.json()).toMatchObject({ error: { details: { reason: 'media_type' } } });
  expect((await upload('x'.repeat(900_000))).status).toBe(201);
  expect(await (await upload('x'.repeat(900_000))).json()).toMatchObject({
    error: { details: { reason: 'session_full' } },
  });
  const lines = [`host: 127.0.0.1:${port}`, `x-api-key: ${apiKey}`, 'content-length: 1000001'];
  const tooLong = await speakRaw(port, rawRequest(`POST /api/sessions/${id}/files HTTP/1.1`, lines));
  expect(tooLong).toMatchObject({ status: 413, text: expect.stringContaining('1000000') });
  // What is no upload has the smaller measure.
  const elsewhere = rawRequest(`POST /api/sessions/${id}/files/fetch HTTP/1.1`, [
    ...lines.slice(0, 2),
    'content-length: 262145',
  ]);
  expect((await speakRaw(port, elsewhere)).status).toBe(413);
  expect(((await (await ask('')).json()) as { files: View[] }).files).toHaveLength(1);
});

test('[F4] an upload that breaks off leaves nothing', async () => {
  const { files, port, id } = await openFilesApi();
  const lines = [`host: 127.0.0.1:${port}`, `x-api-key: ${apiKey}`, 'content-length: 100'];
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  socket.write(rawRequest(`POST /api/sessions/${id}/files HTTP/1.1`, lines, 'half'));
  const folder = dirname(dirname(files.contentPath({ sessionId: id, fileId: 'any' })));
  const left = () => (existsSync(folder) ? readdirSync(folder).length : 0);
  await expect.poll(left).toBe(1);
  socket.resetAndDestroy();
  await expect.poll(left).toBe(0);
});

test('[A4] to another user a file is one that does not exist', async () => {
  const { door, id, port, upload } = await openFilesApi();
  const file = (await (await upload('secret')).json()) as View;
  const token = await forgeToken({
    key: door.key.privateKey,
    header: { kid: door.key.publicKey.kid },
    claims: { ...validClaims, sub: 'bob' },
  });
  const asBob = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${port}/api/sessions/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}` },
    });
  for (const method of ['GET', 'DELETE']) {
    const foreign = await asBob(`${id}/files/${file.id}`, { method });
    const missing = await asBob(`unknown/files/${file.id}`, { method });
    expect([foreign.status, await foreign.text()]).toEqual([404, await missing.text()]);
  }
  expect((await asBob(`${id}/files`, { method: 'POST', body: 'x' })).status).toBe(404);
  expect((await asBob(`${id}/files`)).status).toBe(404);
});

test('[U1] a file that lies at an address is fetched, named after it, and refused as the fetch refuses it', async () => {
  const refusal = new GatewayError('POLICY_DENIED', 'this address is not fetched');
  const { ask } = await openFilesApi({
    async fetchFile(url) {
      if (url.includes('internal')) throw refusal;
      return { url: new URL(url), body: Readable.from([png]), [Symbol.dispose]() {} };
    },
  });
  const fetchUrl = (body: object) =>
    ask('/fetch', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const made = await fetchUrl({ url: 'https://x.example/some/cat%20one.png?size=1' });
  expect(made.status).toBe(201);
  expect(await made.json()).toMatchObject({ name: 'cat one.png', media_type: 'image/png' });
  const refused = await fetchUrl({ url: 'http://internal/' });
  expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: 'POLICY_DENIED' } }]);
});

test('[L3] a session that is deleted while a file comes in keeps nothing of it', async () => {
  const opened = await openFilesApi({
    async fetchFile() {
      await opened.sessions.remove(opened.id, opened.alice);
      const body = Readable.from([Buffer.from('words')]);
      return { url: new URL('https://x.example/a.txt'), body, [Symbol.dispose]() {} };
    },
  });
  const answer = await opened.ask('/fetch', {
    ...{ method: 'POST', body: JSON.stringify({ url: 'https://x.example/a.txt' }) },
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(404);
  expect(opened.files.list(opened.id)).toEqual([]);
});

test('[U4] [Q1] what was fetched for a session that is full is let go', async () => {
  let disposed = 0;
  const body = Readable.from([]);
  const { ask, upload } = await openFilesApi({
    fetchFile: async (url) => ({ url: new URL(url), body, [Symbol.dispose]: () => void disposed++ }),
  });
  for (const words of ['one', 'two', 'three']) await upload(words);
  const answer = await ask('/fetch', {
    ...{ method: 'POST', body: JSON.stringify({ url: 'https://x.example/a.txt' }) },
    headers: { 'content-type': 'application/json' },
  });
  expect(await answer.json()).toMatchObject({ error: { details: { reason: 'too_many' } } });
  expect(disposed).toBe(1);
});

test('[L3] a session that was given a file is not one in which nothing has happened', async () => {
  const { door, id, sessions, upload } = await openFilesApi();
  const before = door.clock.now();
  door.clock.advance(60_000);
  expect((await upload('words')).status).toBe(201);
  expect(await sessions.expire(id, before + 1)).toBe(false);
  expect(door.store.untouchedSince(before + 1, 9)).toEqual([]);
  door.clock.advance(60_000);
  expect(await sessions.expire(id, door.clock.now())).toBe(true);
});

test('[G1] a file is not kept if the disk has no room left to say that it came', async () => {
  const { door, files, id, upload } = await openFilesApi();
  door.store.commit = () => {
    throw new GatewayError('GATEWAY_OVERLOAD', 'the disk is full');
  };
  expect((await upload('words')).status).toBe(503);
  expect(files.list(id)).toEqual([]);
});
