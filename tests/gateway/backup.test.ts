import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { wholeLog } from '../support/whole-log.ts';

const main = fileURLToPath(new URL('../../apps/gateway/dist/main.mjs', import.meta.url));

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the command as an operator does; what it said, and its exit code. */
async function backUp(file: string, database = join(gateway.dataDir, 'hotplex.db')) {
  const env = { PATH: process.env.PATH ?? '', HOME: gateway.dataDir, HOTPLEX_DB_PATH: database };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [main, 'backup', file], { env });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, said: stderr };
  }
}

const apiOf = ({ url }: { url: string }) => new SessionsApi({ url, auth: apiKey });

/** Every session with the ids of its whole log. */
async function logsOf(of: RunningGateway): Promise<Map<string, string[]>> {
  const api = apiOf(of);
  const { sessions } = await api.list({ limit: 200 });
  const logs = new Map<string, string[]>();
  for (const { id, last_seq: lastSeq } of sessions) {
    const events = await wholeLog(api, id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.length).toBeGreaterThanOrEqual(lastSeq);
    logs.set(
      id,
      events.map(({ id: eventId }) => eventId),
    );
  }
  return logs;
}

test('[G12] [L3] a backup taken under load is complete: a gateway on it has every session, gapless', async () => {
  const folder = newFolder();
  const clients = Array.from({ length: 4 }, () => {
    return new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  });
  let isBusy = true;
  const work = clients.map(async (client) => {
    await client.connect();
    while (isBusy) await client.prompt('flood 500').done;
  });
  await clients[0]?.prompt('flood 500').done;
  const files = ['first.db', 'second.db'].map((name) => join(folder, name));
  for (const file of files) {
    const { code, said } = await backUp(file);
    expect(said).toMatch(/bytes, checked/);
    expect(code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  }
  isBusy = false;
  await Promise.all(work);
  for (const client of clients) client.close();
  expect(readdirSync(folder).sort()).toEqual(['first.db', 'second.db']);

  const originals = await logsOf(gateway);
  for (const file of files) {
    await using restored = await startGateway({ env: { HOTPLEX_DB_PATH: file } });
    const copies = await logsOf(restored);
    expect([...copies.keys()].sort()).toEqual([...originals.keys()].sort());
    for (const [id, log] of copies) {
      // The turn that ran when the copy was made is closed by the restored gateway in its own words.
      const common = log.filter((event) => originals.get(id)?.includes(event));
      expect(common).toEqual(originals.get(id)?.slice(0, common.length));
      expect(log.slice(0, common.length)).toEqual(common);
      expect(common.length).toBeGreaterThan(0);
    }
    const [sessionId = ''] = copies.keys();
    using client = new AepClient({ url: restored.url, workerType: 'demo', auth: apiKey, sessionId });
    await client.connect();
    expect((await client.prompt('flood 20').done).text).toBe(floodText(20));
  }
});

test('[L3] a backup of a gateway that is stopped, in a folder of its own', async () => {
  const folder = newFolder();
  await using other = await startGateway();
  const database = join(other.dataDir, 'hotplex.db');
  await other.kill();
  expect(await backUp(join(folder, 'copy.db'), database)).toMatchObject({ code: 0 });
});

test('[G3] [R3] [G8] a backup is another life of each log, and says nothing of processes that run', async () => {
  const file = join(newFolder(), 'copy.db');
  await using other = await startGateway();
  using client = new AepClient({ url: other.url, workerType: 'demo', auth: apiKey });
  const { session_id: id, epoch } = await client.connect();
  await client.prompt('flood 20').done;
  expect(await backUp(file, join(other.dataDir, 'hotplex.db'))).toMatchObject({ code: 0 });
  await client.prompt('flood 20').done;
  const lastSeq = client.lastSeq ?? 0;

  await other.kill();
  for (const name of ['hotplex.db', 'hotplex.db-wal', 'hotplex.db-shm']) rmSync(join(other.dataDir, name));
  cpSync(file, join(other.dataDir, 'hotplex.db'));
  await other.restart();
  // By now the log is as long again, but what stands there is not what this client has.
  using driver = new AepClient({ url: other.url, workerType: 'demo', auth: apiKey, sessionId: id });
  await driver.connect();
  expect((await driver.prompt('flood 21').done).text).toBe(floodText(21));
  using back = new AepClient({
    ...{ url: other.url, workerType: 'demo', auth: apiKey, sessionId: id, lastSeq, epoch },
  });
  const notices: unknown[] = [];
  back.onNotice(({ event }) => void notices.push(event));
  await back.connect();
  await expect
    .poll(() => notices)
    .toContainEqual({ type: 'resync', data: expect.objectContaining({ reason: 'epoch_changed' }) });
});

test('[G12] nothing is overwritten, and a backup that cannot be leaves nothing behind', async () => {
  const folder = newFolder();
  const taken = join(folder, 'taken');
  writeFileSync(taken, 'a letter');
  mkdirSync(join(folder, 'sub'));
  const alien = join(folder, 'sub', 'alien.db');
  writeFileSync(alien, 'not a database at all, but long enough to be looked at for what it is'.repeat(99));
  const refusals: [string, string | undefined, RegExp][] = [
    [taken, undefined, /is there already: name a new file/],
    [join(folder, 'new'), join(folder, 'nowhere.db'), /there is no database .*HOTPLEX_DB_PATH/],
    [join(folder, 'new'), alien, /alien\.db: it is damaged/],
    [join(folder, 'no', 'such', 'folder'), undefined, /cannot use .*folder/],
  ];
  for (const [file, database, sentence] of refusals) {
    const { code, said } = await backUp(file, database);
    expect(said).toMatch(sentence);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(1);
  }
  expect(readdirSync(folder).sort()).toEqual(['sub', 'taken']);
});
