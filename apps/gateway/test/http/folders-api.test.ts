import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkFolderList } from '@hotplex/client-sdk';
import { expect, onTestFinished, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openGateway } from './open-gateway.ts';

/** What this user is told of folders, and a way to work in one. */
async function open({ allowedDirs = [] as readonly string[] } = {}) {
  const { api, door, sessions, workDir } = await openGateway({ allowedDirs });
  const alice = await door.authenticate({ kind: 'api_key', key: apiKey }, { address: '', origin: null });
  const headers = { 'x-api-key': apiKey, host: 'localhost:1' };
  const env = { incoming: { headers, socket: { remoteAddress: '10.0.0.1' } } };
  const ask = async (path?: string) => {
    const query = path === undefined ? '' : `?path=${encodeURIComponent(path)}`;
    const answer = await api.request(`/api/folders${query}`, { headers }, env);
    return { status: answer.status, body: (await answer.json()) as WorkFolderList };
  };
  const workIn = (folder: string, identity = alice) => {
    door.clock.advance(1_000);
    const key = `${identity.subject} in ${folder}`;
    return sessions.open({ identity, workerType: 'scripted', key, config: { work_dir: folder } });
  };
  return { alice, ask, sessions, workDir, workIn };
}

function grow(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'folders-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const name of ['a/.git', 'b', 'c']) mkdirSync(join(root, name), { recursive: true });
  return root;
}

test('looking begins where one worked last, and at the home of the gateway’s user', async () => {
  const { alice, ask, workIn } = await open();
  const root = grow();
  for (const name of ['a', 'b', 'a', 'c']) workIn(join(root, name));
  workIn(join(root, 'b')).rename('newest');
  workIn(root, { ...alice, subject: 'bob' });
  const { status, body } = await ask();
  expect(status).toBe(200);
  expect(body).toMatchObject({ path: null, parent: null, work_dir: false, complete: true });
  expect(body.folders).toContainEqual(expect.objectContaining({ path: realpathSync(homedir()) }));
  const recent = body.recent.map(({ path }) => path);
  expect(recent).toEqual(['b', 'c', 'a'].map((name) => join(root, name)));
  expect(body.recent[2]).toEqual({ name: 'a', path: join(root, 'a'), work_dir: true, repository: true });
  rmSync(join(root, 'b'), { recursive: true });
  expect((await ask()).body.recent).toHaveLength(2);
});

test('[F1] where the operator says where sessions may work, looking begins and ends there', async () => {
  const root = grow();
  const { ask, workIn } = await open({ allowedDirs: [join(root, 'a'), join(root, 'gone')] });
  workIn(join(root, 'a'));
  const top = [{ name: 'a', path: join(root, 'a'), work_dir: true, repository: true }];
  expect((await ask()).body).toMatchObject({ folders: top, recent: top });
  expect((await ask(join(root, 'a'))).body).toMatchObject({ parent: null, folders: [] });
  expect(await ask(root)).toMatchObject({
    status: 422,
    body: { error: { code: 'CONFIG_INVALID', details: { problem: 'not_allowed' } } },
  });
});

test('a folder is looked into by its path', async () => {
  const { ask } = await open();
  const root = grow();
  const { body } = await ask(`${root}/`);
  expect(body).toMatchObject({ path: root, work_dir: true, recent: [] });
  expect(body.folders.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect((await ask('')).status).toBe(400);
});
