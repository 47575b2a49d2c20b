import { join } from 'node:path';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { TestPostgres } from '../../apps/gateway/test/support/postgres.ts';
import { agentsOf } from '../chaos/agents.ts';
import { begun } from '../support/begun.ts';
import { openOperators } from '../support/operators.ts';
import { runCli } from '../support/run-cli.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { tryStart } from '../support/try-start.ts';
import { wholeLog } from '../support/whole-log.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.remove());

/** A gateway on a database of its own. */
async function openGateway(env: Record<string, string> = {}) {
  const url = await postgres.emptyDatabase();
  return { url, gateway: await startGateway({ env: { DEMO_PACE: '1', HOTPLEX_DB_URL: url, ...env } }) };
}

const open = (gateway: RunningGateway, more: { sessionId?: string } = {}) =>
  new AepClient({
    ...{ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: { minMs: 20, maxMs: 200 }, ...more },
  });
const apiOf = (gateway: RunningGateway) => new SessionsApi({ url: gateway.url, auth: apiKey });

/** Every event once, in order, without gaps, and each turn with one end. */
async function expectWholeLog(gateway: RunningGateway, id: string, turns: number): Promise<void> {
  const log = await wholeLog(apiOf(gateway), id);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_event, index) => index + 1));
  expect(log.filter(({ event }) => event.type === 'done')).toHaveLength(turns);
}

test('[G8] [S6] [R3] killed in mid-turn, the agent goes on, and a client that waits gets all it says, once', async () => {
  const { gateway } = await openGateway();
  await using _ = gateway;
  using client = open(gateway);
  const { session_id: id } = await client.connect();
  const pid = (await client.prompt('pid').done).text;
  const speaks = begun(client);
  const turn = client.prompt('flood 300 every 4');
  await speaks;
  await gateway.kill();
  await gateway.restart();
  expect(await turn.done).toMatchObject({ success: true, text: floodText(300), error: null });
  expect((await client.prompt('pid').done).text).toBe(pid);
  await expectWholeLog(gateway, id, 3);
});

test('[G11] PostgreSQL is away for a moment in mid-turn: what is new is refused, what runs loses nothing', async () => {
  const operators = await openOperators();
  const { gateway } = await openGateway(operators.env);
  await using _ = gateway;
  using speaking = open(gateway);
  using asking = open(gateway);
  const { session_id: id } = await speaking.connect();
  const { session_id: askingId } = await asking.connect();
  const speaks = begun(speaking);
  const turn = speaking.prompt('flood 1500 every 2');
  await speaks;
  await postgres.end('SIGQUIT');
  expect(await operators.databaseHealth()).toBe('unhealthy');
  await expect(asking.prompt('flood 1').done).rejects.toMatchObject({ code: 'GATEWAY_OVERLOAD' });
  expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
  await postgres.run();
  expect(await turn.done).toMatchObject({ success: true, text: floodText(1_500), error: null });
  expect((await asking.prompt('flood 20').done).text).toBe(floodText(20));
  expect(await operators.databaseHealth()).toBe('healthy');
  await expectWholeLog(gateway, id, 1);
  await expectWholeLog(gateway, askingId, 1);
  expect(agentsOf(gateway.dataDir)).toHaveLength(2);
});

test('[L1] [L3] commands work beside a gateway on PostgreSQL, or say what to do instead', async () => {
  const { url, gateway } = await openGateway();
  await using _ = gateway;
  using client = open(gateway);
  await client.connect();
  await client.prompt('flood 20').done;
  const env = { HOTPLEX_DB_URL: url, HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') };
  const cli = (...args: string[]) => runCli(args, { home: gateway.workDir, env });

  const key = (await cli('keys', 'create', 'ci')).out.trim();
  const api = new SessionsApi({ url: gateway.url, auth: key });
  expect((await api.list({ limit: 5 })).sessions).toEqual([]);
  expect((await cli('keys', 'revoke', 'ci')).code).toBe(0);
  await expect(api.list({ limit: 5 })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect((await cli('audit', 'verify')).out).toMatch(/the audit log is whole: \d+ records/);
  expect((await cli('audit', 'export', '--jsonl')).out).toMatch(/"action":"keys create [0-9a-f]{12}"/);
  expect((await cli('hooks', 'dead')).out).toBe('None.\n');
  expect((await cli('doctor')).out).toMatch(/^ok +database +PostgreSQL 1\d.* has our tables$/m);
  expect(await cli('backup', 'copy.db')).toMatchObject({ code: 1, err: /pg_dump/ });
  const shown = await cli('config', 'show');
  expect(shown.out).toMatch(/db\.url.*\(secret\)/);
  expect(shown.out).not.toContain(url);
});

test('[G12] hotplex db copy moves a gateway to PostgreSQL: sessions, their logs and the agents go on', async () => {
  await using gateway = await startGateway({ env: { HOTPLEX_WORKER_KEEP_ON_STOP: 'true' } });
  using client = open(gateway);
  const { session_id: id } = await client.connect();
  const pid = (await client.prompt('pid').done).text;
  const url = await postgres.emptyDatabase();
  const path = join(gateway.dataDir, 'hotplex.db');
  const env = { HOTPLEX_DB_PATH: path, HOTPLEX_DB_URL: url };
  const copy = () => runCli(['db', 'copy', '--json'], { home: gateway.workDir, env });
  expect(await copy()).toMatchObject({ code: 1, err: expect.stringMatching(/another gateway is using/) });
  await gateway.stop();
  const { code, out } = await copy();
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ from: path });
  expect(out).toMatch(/"table":"sessions","rows":1,"sha256":"[0-9a-f]{64}"/);
  await gateway.restart({ HOTPLEX_DB_URL: url });
  expect((await client.prompt('pid').done).text).toBe(pid);
  await expectWholeLog(gateway, id, 2);
  expect(await copy()).toMatchObject({ code: 1, err: expect.stringMatching(/another gateway is using/) });
});

test.each([
  ['it is not there', { port: '1' }, /it cannot be reached; start it, or correct host/],
  ['the database is not there', { pathname: '/no' }, /there is no such database/],
  ['the user is not there', { username: 'eve' }, /it does not let this user in/],
])('a gateway whose PostgreSQL is no use says why: %s', async (_, change, sentence) => {
  const url = Object.assign(new URL(await postgres.emptyDatabase()), {
    password: 'not-to-be-told',
    ...change,
  });
  const { code, said } = await tryStart({ HOTPLEX_DB_URL: url.href });
  expect(said).toMatch(sentence);
  expect(said).not.toContain('not-to-be-told');
  expect(said.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(1);
});

test('[G12] there is one gateway for a database of PostgreSQL', async () => {
  const { url, gateway } = await openGateway();
  await using _ = gateway;
  const { code, said } = await tryStart({ HOTPLEX_DB_URL: url });
  expect(said).toMatch(/another gateway is using/);
  expect(code).toBe(1);
});
