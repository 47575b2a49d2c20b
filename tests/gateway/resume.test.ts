import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { HOTPLEX_WORKER_PI_COMMAND: 'pi-that-was-removed' } });
});
afterAll(() => gateway?.[Symbol.asyncDispose]());

const api = () => new SessionsApi({ url: gateway.url, auth: apiKey });

/** Opens a session, in a folder of its own. */
async function open(name: string, workerType = 'demo') {
  const workDir = join(gateway.workDir, name);
  mkdirSync(workDir);
  const { id } = await api().create({ workerType, config: { work_dir: workDir } });
  const connect = async (sessionId: string) => {
    const client = new AepClient({ url: gateway.url, auth: apiKey, workerType, sessionId });
    const events: ServerEnvelope['event'][] = [];
    client.onEvent(({ event }) => void events.push(event));
    await client.connect();
    return { client, events };
  };
  return { id, workDir, connect };
}

/** Sends a prompt whose agent cannot be started, and gives what is told of it. */
async function failureOf({
  client,
  events,
}: Awaited<ReturnType<Awaited<ReturnType<typeof open>>['connect']>>) {
  await client.prompt('are you there?').done.catch(() => {});
  return events.findLast(({ type }) => type === 'error')?.data;
}

test('[S5] of an agent that has lost its history the session says so, and goes on with its own', async () => {
  const session = await open('forgotten');
  const { client, events } = await session.connect(session.id);
  using _ = client;
  await client.prompt('remember the colour is teal').done;
  client.control('terminate');
  await expect.poll(async () => (await api().get(session.id)).state).toBe('terminated');
  rmSync(join(gateway.dataDir, 'demo'), { recursive: true });
  expect((await client.prompt('recall').done).text).not.toContain('teal');
  expect(events.filter(({ type, data }) => type === 'state' && 'message' in data)).toContainEqual(
    expect.objectContaining({ data: expect.objectContaining({ message: 'context_lost' }) }),
  );
  const log = await api().events(session.id);
  expect(JSON.stringify(log.events)).toContain('teal');
});

test('[F1] where the work dir is gone the session says so, and goes on in another one', async () => {
  const session = await open('moved-away');
  const first = await session.connect(session.id);
  using client = first.client;
  await client.prompt('remember the colour is teal').done;
  client.control('terminate');
  await expect.poll(async () => (await api().get(session.id)).state).toBe('terminated');
  const elsewhere = `${session.workDir}-to`;
  renameSync(session.workDir, elsewhere);
  expect(await failureOf(first)).toMatchObject({
    code: 'WORKER_START_FAILED',
    details: { field: 'work_dir', problem: 'not_a_directory' },
  });
  const fork = await api().fork(session.id, { workDir: elsewhere });
  const second = await session.connect(fork.id);
  using branch = second.client;
  expect((await branch.prompt('recall').done).text).toContain('teal');
});

test('where the agent is gone the session says how to get it back', async () => {
  const session = await open('without-agent', 'pi');
  const joined = await session.connect(session.id);
  using _ = joined.client;
  expect(await failureOf(joined)).toMatchObject({
    code: 'WORKER_START_FAILED',
    details: { problem: 'not_installed', agent: 'Pi', install: expect.stringContaining('npm') },
  });
});
