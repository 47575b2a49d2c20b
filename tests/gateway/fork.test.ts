import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

const open = (sessionId?: string) =>
  new AepClient({
    ...{ url: gateway.url, workerType: 'demo', auth: apiKey },
    ...(sessionId === undefined ? {} : { sessionId }),
  });
const api = () => new SessionsApi({ url: gateway.url, auth: apiKey });

async function logOf(id: string): Promise<ServerEnvelope[]> {
  const log: ServerEnvelope[] = [];
  for await (const envelope of api().allEvents(id)) log.push(envelope);
  return log;
}

/** A session in which the agent was told something. */
async function remembering() {
  const client = open();
  const { session_id: id } = await client.connect();
  await client.prompt('remember the colour is teal').done;
  return { client, id };
}

test('[I5] a fork has the log so far and an agent that remembers; the original does not hear of it', async () => {
  const { client, id } = await remembering();
  using _ = client;
  const before = await logOf(id);
  const fork = await api().fork(id, { title: 'another way' });
  expect(fork).toMatchObject({ title: 'another way', state: 'created', worker_type: 'demo' });

  using branch = open(fork.id);
  await branch.connect();
  expect((await branch.prompt('recall').done).text).toContain('teal');
  const log = await logOf(fork.id);
  expect(log.slice(0, before.length).map(({ event }) => event)).toEqual(before.map(({ event }) => event));
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  expect(log[before.length]?.event).toEqual({
    type: 'session.forked',
    data: { from: id, work_dir: fork.work_dir },
  });
  expect(await logOf(id)).toEqual(before);

  await branch.prompt('remember the shape is round').done;
  expect((await client.prompt('recall').done).text).not.toContain('round');
});

test('[I5] a branch in the middle has an agent that knows what was said until there', async () => {
  const { client, id } = await remembering();
  using _ = client;
  await client.prompt('remember the colour is red').done;
  const turns = (await logOf(id)).flatMap(({ event, turn_id }) => (event.type === 'done' && turn_id) || []);
  const [first = '', second = ''] = turns;
  const asked = [{ afterTurn: first }, { beforeTurn: second }];
  const opened = Promise.withResolvers<string>();
  client.onNotice(({ event }) => event.type === 'session.opened' && opened.resolve(event.data.session_id));
  await client.control('fork', { before_turn: second });
  const branches = await Promise.all(asked.map((place) => api().fork(id, place)));
  for (const branchId of [...branches.map((session) => session.id), await opened.promise]) {
    using branch = open(branchId);
    await branch.connect();
    const { text } = await branch.prompt('recall').done;
    expect(text).toContain('teal');
    expect(text).not.toContain('red');
  }
  await expect(client.control('fork', { before_turn: 7 })).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
});

test('[I5] cd goes on in another folder, in a session that answers the frame', async () => {
  const { client, id } = await remembering();
  using _ = client;
  const elsewhere = join(gateway.workDir, 'elsewhere');
  mkdirSync(elsewhere);
  const opened = new Promise<ServerEnvelope>((resolve) => {
    client.onNotice((envelope) => {
      if (envelope.event.type === 'session.opened') resolve(envelope);
    });
  });
  client.control('cd', { path: elsewhere });
  const { event } = await opened;
  expect(event.data).toMatchObject({ from: id, work_dir: realpathSync(elsewhere) });
  const { session_id: next } = event.data as { session_id: string };
  expect(await api().get(next)).toMatchObject({ work_dir: realpathSync(elsewhere) });
});

test('[I5] [F1] a folder that no agent may work in, and a session in a turn, are refused by name', async () => {
  const { client, id } = await remembering();
  using _ = client;
  await expect(api().fork(id, { workDir: '/etc' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  await expect(api().fork('no-such-session')).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  const begun = new Promise<void>((resolve) => {
    client.onEvent(({ event }) => event.type === 'message.delta' && resolve());
  });
  const turn = client.prompt('wait');
  await begun;
  await expect(api().fork(id)).rejects.toMatchObject({ code: 'SESSION_BUSY' });
  await client.interrupt();
  await turn.done;
});
