import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { expect, onTestFinished, test } from 'vitest';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { agentsOf } from '../chaos/agents.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const paced = { DEMO_PACE: '1' };

const connect = async (gateway: RunningGateway) => {
  const client = new AepClient({
    ...{ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: { minMs: 20, maxMs: 200 } },
  });
  const { session_id: id } = await client.connect();
  return { client, id };
};

/** The first event of a kind, from now on. */
const heard = (client: AepClient, type: string) =>
  new Promise<ServerEnvelope>((resolve) => {
    const off = client.onEvent((envelope) => {
      if (envelope.event.type !== type) return;
      off();
      resolve(envelope);
    });
  });

/** What `pid` says: which process the agent is. */
const pidOf = async (client: AepClient) => (await client.prompt('pid').done).text;

/** Every event once, in order, without gaps. */
async function expectWholeLog(gateway: RunningGateway, id: string): Promise<void> {
  const seqs: number[] = [];
  const api = new SessionsApi({ url: gateway.url, auth: apiKey });
  for await (const { seq } of api.allEvents(id)) seqs.push(seq);
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
}

test('[G8] [S6] [R3] killed in mid-turn, the agent goes on, and a client that waits gets all it says, once', async () => {
  await using gateway = await startGateway({ env: paced });
  const { client, id } = await connect(gateway);
  using _ = client;
  const pid = await pidOf(client);
  const begun = heard(client, 'message.delta');
  const turn = client.prompt('flood 300 every 4');
  await begun;
  await gateway.kill();
  await gateway.restart();
  expect(await turn.done).toMatchObject({ success: true, text: floodText(300), error: null });
  expect(await pidOf(client)).toBe(pid);
  await expectWholeLog(gateway, id);
});

test('[I2] [G8] a prompt whose agent was still starting when the gateway was killed runs, once', async () => {
  const journal = join(mkdtempSync(join(tmpdir(), 'journal-')), 'journal');
  onTestFinished(() => rmSync(dirname(journal), { recursive: true }));
  await using gateway = await startGateway({ env: { ...paced, DEMO_JOURNAL: journal } });
  const { client, id } = await connect(gateway);
  using _ = client;
  const turn = client.prompt('flood 100 every 4');
  await turn.accepted;
  await expect.poll(() => agentsOf(gateway.dataDir), { interval: 1 }).toHaveLength(1);
  // It cannot get on before the gateway is gone.
  for (const pid of agentsOf(gateway.dataDir)) process.kill(pid, 'SIGSTOP');
  // Who answers has written down by now whose process that is.
  expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
  await gateway.kill();
  for (const pid of agentsOf(gateway.dataDir)) process.kill(pid, 'SIGCONT');
  await gateway.restart();
  expect(await turn.done).toMatchObject({ success: true, text: floodText(100) });
  expect(readFileSync(journal, 'utf8').trim().split('\n')).toHaveLength(1);
  await expectWholeLog(gateway, id);
});

test('[E4] [G8] a permission that was asked before the kill is answered after it, and the tool runs', async () => {
  await using gateway = await startGateway();
  const { client } = await connect(gateway);
  using _ = client;
  const asked = heard(client, 'permission_request');
  const turn = client.prompt('permission');
  const { event } = await asked;
  await gateway.kill();
  await gateway.restart();
  const { id } = event.data as { id: string };
  await client.respondToPermission(id, { allowed: true });
  const { success, text } = await turn.done;
  expect(success).toBe(true);
  expect(text).toContain('You allowed it');
});

test('[G13] [C4] a gateway that is stopped leaves its agents to the next one where it is told to', async () => {
  await using gateway = await startGateway({ env: { ...paced, HOTPLEX_WORKER_KEEP_ON_STOP: 'true' } });
  const { client, id } = await connect(gateway);
  using _ = client;
  const begun = heard(client, 'message.delta');
  const turn = client.prompt('flood 300 every 4');
  await begun;
  await gateway.restart();
  expect(await turn.done).toMatchObject({ success: true, text: floodText(300) });
  await expectWholeLog(gateway, id);
});

test('[G8] [S6] with no time to live on without a gateway, agents end with it, and what was open is closed honestly', async () => {
  await using gateway = await startGateway({ env: { ...paced, HOTPLEX_WORKER_ORPHAN_GRACE: '0' } });
  const { client, id } = await connect(gateway);
  using _ = client;
  const begun = heard(client, 'message.delta');
  const turn = client.prompt('flood 2000 every 5');
  await begun;
  const agents = agentsOf(gateway.dataDir);
  expect(agents).toHaveLength(1);
  await gateway.kill();
  await expect.poll(() => agentsOf(gateway.dataDir), { timeout: 10_000 }).toEqual([]);
  await gateway.restart();
  expect(await turn.done).toMatchObject({ success: false, error: { code: 'RECONNECT_REQUIRED' } });
  expect(agents).not.toContain(Number(await pidOf(client)));
  await expectWholeLog(gateway, id);
});
