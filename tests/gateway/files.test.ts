import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AepClient, FilesApi, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dot } from '../support/picture.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const elsewhere = createServer((request, response) => {
  if (request.url === '/inside')
    response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end();
  else response.end(dot);
});
let gateway: RunningGateway;
let address: string;
beforeAll(async () => {
  elsewhere.listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  address = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  gateway = await startGateway({ env: { HOTPLEX_UPLOADS_FETCH_HOSTS: address } });
});
afterAll(async () => {
  elsewhere.close();
  await gateway?.[Symbol.asyncDispose]();
});

const open = (sessionId?: string) =>
  new AepClient({
    ...{ url: gateway.url, workerType: 'demo', auth: apiKey },
    ...(sessionId === undefined ? {} : { sessionId }),
  });
const filesApi = () => new FilesApi({ url: gateway.url, auth: apiKey });
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const notes = 'the tea is in the blue pot\n';

test('[F4] [I2] a picture and a file reach the agent byte for byte, and everybody hears which they were', async () => {
  using client = open();
  const picture = await client.upload(new File([dot], 'dot.png'));
  const text = await client.upload(new Blob([notes]), { name: 'notes.md' });
  const turn = client.prompt({ content: 'What is attached?', attachments: [picture, text] });
  const { text: said } = await turn.done;
  expect(said.split('\n')).toEqual([
    `- a picture, image/png, ${dot.length} bytes, SHA-256 ${sha256(dot)}`,
    `- the file "notes.md", ${notes.length} bytes, SHA-256 ${sha256(notes)}`,
  ]);
  const { session_id: id = '' } = client.session ?? {};
  const { events } = await new SessionsApi({ url: gateway.url, auth: apiKey }).events(id);
  const echo = events.find(({ event }) => event.type === 'input')?.event;
  expect(echo).toMatchObject({
    data: {
      parts: [
        { type: 'file', file_id: picture.id, name: 'dot.png' },
        { type: 'file', file_id: text.id, name: 'notes.md' },
      ],
    },
  });
  expect(await (await filesApi().download(id, text.id)).text()).toBe(notes);
});

test('[I4] a file of nobody, or of another session, is refused before anything is stored', async () => {
  using mine = open();
  using other = open();
  const file = await other.upload(new Blob([notes]));
  const prompt = () => mine.prompt({ content: 'attached', attachments: [file] }).accepted;
  await mine.connect();
  await expect(prompt()).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
  expect(mine.lastSeq).toBe(0);
});

test('[I4] [F4] what was removed while its prompt waited is told to the agent as gone', async () => {
  using client = open();
  const file = await client.upload(new Blob([notes]), { name: 'notes.md' });
  const { session_id: id = '' } = client.session ?? {};
  const first = client.prompt('wait');
  await first.accepted;
  const second = client.prompt({ content: 'attached', attachments: [file] });
  await second.accepted;
  await filesApi().remove(id, file.id);
  await client.interrupt();
  expect((await second.done).text).toBe('- The attached file "notes.md" is not there any more.');
});

test('[F4] [S6] files outlive a restart, and come along to a branch', async () => {
  const client = open();
  const file = await client.upload(new Blob([notes]), { name: 'notes.md' });
  const { session_id: id = '' } = client.session ?? {};
  await client.prompt('pid').done;
  client.close();
  // As a gateway leaves it that died after it copied the files of a session and before it stored the branch.
  const copies = join(gateway.dataDir, 'files', 'never-stored');
  mkdirSync(join(copies, file.id), { recursive: true });
  await gateway.restart();
  expect(existsSync(copies)).toBe(false);
  const branch = await new SessionsApi({ url: gateway.url, auth: apiKey }).fork(id);
  for (const sessionId of [id, branch.id]) {
    using again = open(sessionId);
    await again.connect();
    const { text } = await again.prompt({ content: 'attached', attachments: [file] }).done;
    expect(text).toContain(sha256(notes));
  }
});

test('[L3] with its session a file is gone, and so is the agent’s copy', async () => {
  using client = open();
  const file = await client.upload(new Blob([notes]));
  const { session_id: id = '' } = client.session ?? {};
  await client.prompt({ content: 'attached', attachments: [file] }).done;
  const copies = join(gateway.workDir, '.hotplex', 'attachments', id);
  expect(readdirSync(copies)).toEqual([file.id]);
  await new SessionsApi({ url: gateway.url, auth: apiKey }).remove(id);
  expect(existsSync(copies)).toBe(false);
  expect(existsSync(join(gateway.dataDir, 'files', id))).toBe(false);
});

test('[U1] [U4] [U5] a file is fetched where the operator allows it, and from nowhere else inside', async () => {
  using client = open();
  await client.connect();
  const { session_id: id = '' } = client.session ?? {};
  const fetched = await filesApi().uploadFrom(id, `http://${address}/cat.png`);
  expect(fetched).toMatchObject({ name: 'cat.png', media_type: 'image/png', sha256: sha256(dot) });
  for (const url of [
    `http://${address}/inside`,
    `${gateway.url}/health`,
    'http://127.0.0.1:1/',
    'http://169.254.169.254/latest/meta-data/',
    `http://localhost:${gateway.port}/`,
    'file:///etc/passwd',
  ])
    await expect(filesApi().uploadFrom(id, url), url).rejects.toMatchObject({ code: 'POLICY_DENIED' });
});
