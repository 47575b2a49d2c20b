import { linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';

const png = Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1');

/** A session of the caller's in a real work dir, and what is read there. */
async function open() {
  const { api, door, sessions, workDir } = await openGateway();
  const alice = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const { id } = sessions.open({ identity: alice, workerType: 'scripted', key: 'a' }).record;
  const headers = { 'x-api-key': apiKey, host: 'localhost:1' };
  const env = { incoming: { headers, socket: { remoteAddress: '10.0.0.1' } } };
  const ask = async (what: 'content' | 'bytes', path: string) =>
    await api.request(`/api/sessions/${id}/paths/${what}?path=${encodeURIComponent(path)}`, { headers }, env);
  const read = async (path: string) => (await ask('content', path)).json();
  const write = (path: string, content: string | Buffer) => {
    mkdirSync(join(workDir, path, '..'), { recursive: true });
    writeFileSync(join(workDir, path), content);
  };
  return { ask, read, workDir, write };
}

test('a file is what is in it: text, picture, something else, or too much', async () => {
  const { read, workDir, write } = await open();
  write('src/a.html', '<script>alert(1)</script>\n');
  write('picture.txt', png);
  write('program', Buffer.from([0, 1, 2]));
  write('long.log', 'x'.repeat(2 * 1_024 * 1_024 + 1));
  write('huge', '');
  truncateSync(join(workDir, 'huge'), 33 * 1_024 * 1_024);
  expect(await read('src/a.html')).toMatchObject({
    kind: 'text',
    text: '<script>alert(1)</script>\n',
    size: 26,
  });
  expect(await read('picture.txt')).toMatchObject({ kind: 'image', media_type: 'image/png', text: null });
  expect(await read('program')).toMatchObject({ kind: 'binary', text: null, size: 3 });
  expect(await read('long.log')).toMatchObject({ kind: 'large', text: null });
  expect(await read('huge')).toMatchObject({ kind: 'large', size: 33 * 1_024 * 1_024 });
});

test('[F4] its bytes are a download that no browser runs', async () => {
  const { ask, workDir, write } = await open();
  write('src/a.html', '<script>alert(1)</script>\n');
  const answer = await ask('bytes', 'src/a.html');
  expect(await answer.text()).toBe('<script>alert(1)</script>\n');
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="a.html"/);
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  write('huge', '');
  truncateSync(join(workDir, 'huge'), 33 * 1_024 * 1_024);
  expect((await ask('bytes', 'huge')).status).toBe(400);
});

test('[F1] [F3] nothing leads out of the work dir', async () => {
  const { ask, workDir, write } = await open();
  write('inside', 'x');
  symlinkSync('/etc/passwd', join(workDir, 'link'));
  symlinkSync('/etc', join(workDir, 'folder'));
  mkdirSync(join(workDir, 'empty'));
  linkSync(join(workDir, 'inside'), join(workDir, 'twin'));
  const paths = [
    'link',
    'folder/passwd',
    '../x',
    'a/../inside',
    '/etc/passwd',
    'empty',
    './inside',
    'in\0side',
  ];
  for (const path of [...paths, 'missing', 'inside/', 'src//a'])
    for (const what of ['content', 'bytes'] as const) {
      const answer = await ask(what, path);
      expect(answer.status, path).toBe(400);
      expect(await answer.text(), path).toContain('INVALID_MESSAGE');
    }
  expect((await ask('content', 'twin')).status).toBe(200);
});

test('[N6] what lets somebody in is not shown, by whatever way', async () => {
  const { ask, write } = await open();
  for (const path of [
    '.env',
    'app/.ENV.local',
    'id_ed25519',
    'tls/server.key',
    '.git/config',
    'sub/.GIT/HEAD',
  ]) {
    write(path, 'TOKEN=hunter2');
    for (const what of ['content', 'bytes'] as const) {
      const answer = await ask(what, path);
      const body = await answer.text();
      expect({ status: answer.status, isSecret: body.includes('"secret"') }, path).toEqual({
        status: 400,
        isSecret: true,
      });
      expect(body).not.toContain('hunter2');
    }
  }
  write('.env.example', 'TOKEN=');
  expect((await ask('content', '.env.example')).status).toBe(200);
});
