import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { freePort } from '../support/operators.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const token = 'operators-0123456789abcdef0123456789abcdef';
const leaver = 'leaver-0123456789abcdef0123456789abcdef';
let folder: string;
let file: string;
let gateway: RunningGateway;
let admin: number;
let log = '';

/** As an editor does it: beside, and then by its name. */
function write(settings: object): void {
  writeFileSync(`${file}.draft`, JSON.stringify(settings));
  renameSync(`${file}.draft`, file);
}

const base = { security: { api_keys: [{ name: 'leaver', key: leaver }], revocation_check: '50ms' } };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hotplex-reload-'));
  file = join(folder, 'hotplex.json');
  write({ ...base, session: { max_input_size: 5 } });
  admin = await freePort();
  gateway = await startGateway({
    env: {
      // The same one after a restart: it is part of the configuration.
      HOTPLEX_GATEWAY_ADDR: `127.0.0.1:${await freePort()}`,
      ...{ HOTPLEX_CONFIG: file, HOTPLEX_LOG_LEVEL: 'info' },
      ...{ HOTPLEX_ADMIN_ADDR: `127.0.0.1:${admin}`, HOTPLEX_ADMIN_TOKEN: token },
    },
    onLog: (text) => {
      log += text;
    },
  });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const operate = async (path: string, body?: object) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await ask(admin, path, {
    headers,
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: JSON.parse(answer.body) };
};

const logged = (words: string) => expect.poll(() => log, { timeout: 10_000 }).toContain(words);

test('[G14] SIGHUP takes a changed file up, and a wrong one leaves everything as it was', async () => {
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
  await client.connect();
  await expect(client.prompt('too long').done).rejects.toThrow('longer than 5 bytes');
  write({ ...base, session: { max_input_size: 1_000 } });
  gateway.process.kill('SIGHUP');
  await logged('"version":2');
  expect((await client.prompt('hello').done).text).not.toBe('');
  writeFileSync(file, '{"session": {"max_input_size": ');
  gateway.process.kill('SIGHUP');
  await logged('the new configuration is refused');
  expect((await client.prompt('hello').done).text).not.toBe('');
  expect((await ask(gateway.port, '/health')).status).toBe(200);
});

test('[G14] a key that is taken out of the file is good no more, also for whoever is there; going back would let it in again', async () => {
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: leaver, reconnect: false });
  await client.connect();
  write({ session: { max_input_size: 1_000 }, security: { revocation_check: '50ms' } });
  // Nobody says so: it is noticed.
  await expect.poll(() => client.connection.status, { timeout: 10_000 }).toBe('closed');
  await logged('"origin":"file"');
  await expect(
    new AepClient({ url: gateway.url, workerType: 'demo', auth: leaver, reconnect: false }).connect(),
  ).rejects.toThrow();
  expect(await operate('/admin/config/rollback', { version: 2 })).toMatchObject({
    status: 422,
    body: { error: { message: expect.stringContaining('would weaken security.api_keys') } },
  });
});

test('an earlier version is in force again, after a restart too as long as it is remembered', async () => {
  write({ session: { max_input_size: 7 }, security: { revocation_check: '50ms' } });
  const { body: changed } = await operate('/admin/config/reload', {});
  expect(changed.changes).toEqual([{ key: 'session.max_input_size', old: 1_000, new: 7, restart: false }]);
  await gateway.restart();
  expect(await operate('/admin/config/rollback', { version: changed.version - 1 })).toMatchObject({
    status: 200,
    body: { changes: [{ old: 7, new: 1_000 }] },
  });
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
  await client.connect();
  expect((await client.prompt('hello there').done).text).not.toBe('');
  const { body: history } = await operate('/admin/config/history');
  expect(history.entries.map(({ origin }: { origin: string }) => origin)).toEqual([
    ...['rollback', 'request', 'file', 'signal', 'start'],
  ]);
  expect(JSON.stringify(history)).not.toContain(leaver);
});
