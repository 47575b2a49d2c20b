import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectSqlite } from '../../apps/gateway/src/store/sqlite/connect-sqlite.ts';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { agentsOf } from '../chaos/agents.ts';
import { until } from '../chaos/until.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { storageFaults } from '../support/storage-faults.ts';
import { tryStart } from '../support/try-start.ts';
import { wholeLog } from '../support/whole-log.ts';

const open = (gateway: RunningGateway) =>
  new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
const apiOf = (gateway: RunningGateway) => new SessionsApi({ url: gateway.url, auth: apiKey });

/** Resolves with the next event of a kind. */
const heard = (client: AepClient, type: string) =>
  new Promise<void>((resolve) => {
    const off = client.onEvent(({ event }) => {
      if (event.type !== type) return;
      off();
      resolve();
    });
  });

/** Prompts until one is refused: what fits into the space a log has already is still taken. */
async function refusal(client: AepClient): Promise<string> {
  for (let left = 100; left > 0; left -= 1) {
    try {
      await client.prompt('flood 1').done;
    } catch (error) {
      return (error as { code: string }).code;
    }
  }
  return 'nothing was refused';
}

const faults = Object.entries(storageFaults());
const onFullDisk = faults.filter(([name]) => name.startsWith('a full disk'));

describe.each(faults)('[G11] %s', (_, openFaulty) => {
  test('refuses what is new, loses nothing of what runs, keeps reading, and is over when it is over', async () => {
    await using faulty = await openFaulty();
    const { gateway, code } = faulty;
    using speaking = open(gateway);
    using asking = open(gateway);
    const { session_id: sessionId } = await speaking.connect();
    const { session_id: askingId } = await asking.connect();
    const begun = heard(speaking, 'message.delta');
    const turn = speaking.prompt('flood 1500');
    await begun;

    await faulty.begin();
    await expect(refusal(asking)).resolves.toBe(code);
    const api = apiOf(gateway);
    expect((await api.get(askingId)).id).toBe(askingId);
    const before = (await api.events(sessionId, { limit: 1_000 })).events;
    expect(before.map(({ seq }) => seq)).toEqual(before.map((_event, index) => index + 1));
    expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
    await faulty.end();

    expect((await turn.done).text).toBe(floodText(1_500));
    expect((await asking.prompt('flood 20').done).text).toBe(floodText(20));
    const log = await wholeLog(api, sessionId);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_event, index) => index + 1));
    expect(log.filter(({ event }) => event.type === 'done')).toHaveLength(1);
  });
});

test.each(onFullDisk)(
  '[G11] [S2] %s: an agent whose words have no room is ended, is said to be, and goes on with the next prompt',
  async (_, openFaulty) => {
    await using faulty = await openFaulty();
    const { gateway } = faulty;
    using client = open(gateway);
    await client.connect();
    const begun = heard(client, 'message.delta');
    const turn = client.prompt('flood 2000 every 2');
    await begun;
    expect(await faulty.databaseHealth?.()).toBe('healthy');
    await faulty.begin();
    expect(await faulty.databaseHealth?.()).toBe('unhealthy');
    await until(() => agentsOf(faulty.dataDir).length === 0 || undefined, { withinMs: 20_000 });
    await faulty.end();
    const { success, text, error } = await turn.done;
    expect(success).toBe(false);
    expect(floodText(2_000).startsWith(text)).toBe(true);
    expect(error).toMatchObject({
      code: 'GATEWAY_OVERLOAD',
      message: expect.stringMatching(/disk .* is full/),
    });
    expect((await client.prompt('flood 20').done).text).toBe(floodText(20));
  },
);

describe('a database that cannot be trusted', () => {
  /** The database of a gateway that has worked, and is stopped. */
  async function usedDatabase(): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'hotplex-faults-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'hotplex.db');
    await using gateway = await startGateway({ env: { HOTPLEX_DB_PATH: path } });
    using client = open(gateway);
    await client.connect();
    await client.prompt('flood 3000').done;
    return path;
  }

  function edit(path: string, statement: string): void {
    const connection = connectSqlite(path);
    connection.exec(statement);
    connection.close();
  }

  const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

  test.each([
    [
      'is empty',
      (path: string) => writeFileSync(path, ''),
      /is empty: its content is gone; restore a backup/,
    ],
    [
      'is something else',
      (path: string) => writeFileSync(path, 'x'.repeat(9_000)),
      /is not a SQLite database; restore/,
    ],
    [
      'is damaged in the middle',
      (path: string) => {
        const content = readFileSync(path);
        for (let at = 4_096 * 3; at < content.length - 4_096; at += 4_096) content.fill(0xa5, at, at + 2_048);
        writeFileSync(path, content);
      },
      /damaged; restore a backup/,
    ],
    [
      'was written by a newer version',
      (path: string) => edit(path, `insert into kysely_migration values ('9999-future', '')`),
      /newer HotPlex \(schema 9999-future\)/,
    ],
    [
      'belongs to another program',
      (path: string) => edit(path, 'pragma application_id = 1'),
      /belongs to another program/,
    ],
  ])('[G12] one that %s is refused with the remedy, and stays as it is', async (_, damage, sentence) => {
    const path = await usedDatabase();
    damage(path);
    const before = digest(path);
    const { code, said } = await tryStart({ HOTPLEX_DB_PATH: path });
    expect(said).toMatch(sentence);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(1);
    expect(digest(path)).toBe(before);
  });

  test('[G9] a session whose agent is gone is listed with the others, and can be deleted', async () => {
    await using gateway = await startGateway();
    const api = apiOf(gateway);
    const orphan = await api.create({ workerType: 'demo', title: 'orphan' });
    await api.create({ workerType: 'demo', title: 'whole' });
    await gateway.kill();
    edit(
      join(gateway.dataDir, 'hotplex.db'),
      `update sessions set worker_type = 'uninstalled' where id = '${orphan.id}'`,
    );
    await gateway.restart();
    const listed = async () => (await api.list()).sessions.map(({ title }) => title).toSorted();
    expect(await listed()).toEqual(['orphan', 'whole']);
    await expect(api.get(orphan.id)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await api.remove(orphan.id);
    expect(await listed()).toEqual(['whole']);
  });

  test('[G9] one session that cannot be read is no reason for the others not to work', async () => {
    await using gateway = await startGateway();
    const api = apiOf(gateway);
    const [broken, whole] = [
      await api.create({ workerType: 'demo', title: 'broken' }),
      await api.create({ workerType: 'demo', title: 'whole' }),
    ];
    await gateway.kill();
    edit(
      join(gateway.dataDir, 'hotplex.db'),
      `update session_configs set config = '{"model"' where session_id = '${broken.id}'`,
    );
    await gateway.restart();
    expect((await api.list()).sessions.map(({ id }) => id)).toEqual([whole.id]);
    await expect(api.get(broken.id)).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
    using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, sessionId: whole.id });
    await client.connect();
    expect((await client.prompt('flood 20').done).text).toBe(floodText(20));
  });
});
