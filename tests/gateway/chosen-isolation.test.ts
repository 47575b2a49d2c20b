import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { AepClient, type AgentList, SessionsApi } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const connect = (
  gateway: RunningGateway,
  config: { isolation?: 'none' | 'process' | 'sandbox' } = {},
  more = {},
) => new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, config, ...more });

/** How many processes of this gateway's agents see the files of the machine, and how many those of a sandbox. */
function walled({ dataDir }: RunningGateway): { outside: number; inside: number } {
  const own = readlinkSync('/proc/self/ns/mnt');
  const counted = { outside: 0, inside: 0 };
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [program = ''] = readFileSync(`/proc/${pid}/comm`, 'utf8').split('\n');
      const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      // The program that puts up the walls stands on both sides.
      if (!line.includes(join(dataDir, 'demo')) || program === 'bwrap') continue;
      counted[readlinkSync(`/proc/${pid}/ns/mnt`) === own ? 'outside' : 'inside'] += 1;
    } catch {
      // It has ended meanwhile.
    }
  }
  return counted;
}

test('[B1] a session that chose the sandbox runs in it, another of the same gateway does not, and that stays so', async () => {
  await using gateway = await startGateway();
  using plain = connect(gateway);
  expect((await plain.connect()).isolation).toBe('process');
  await plain.prompt('hello').done;
  expect(walled(gateway)).toEqual({ outside: 1, inside: 0 });

  using chosen = connect(gateway, { isolation: 'sandbox' });
  const { session_id: id, isolation } = await chosen.connect();
  expect(isolation).toBe('sandbox');
  await chosen.prompt('remember the door is blue').done;
  expect(walled(gateway)).toEqual({ outside: 1, inside: 1 });

  // The next gateway goes on with both as they are.
  await gateway.kill();
  await gateway.restart();
  expect(walled(gateway)).toEqual({ outside: 1, inside: 1 });
  await expect.poll(() => chosen.session?.isolation).toBe('sandbox');
  expect((await chosen.prompt('hello again').done).success).toBe(true);

  // An agent that is started anew, and that of a branch, are where the session chose to be.
  await chosen.control('terminate');
  await expect.poll(() => walled(gateway)).toEqual({ outside: 1, inside: 0 });
  await chosen.prompt('what is blue?').done;
  expect(walled(gateway)).toEqual({ outside: 1, inside: 1 });
  const sessions = new SessionsApi({ url: gateway.url, auth: apiKey });
  const branch = await sessions.fork(id);
  expect(branch).toMatchObject({ isolation: 'sandbox', config: { isolation: 'sandbox' } });
  using forked = connect(gateway, {}, { sessionId: branch.id });
  expect((await forked.connect()).isolation).toBe('sandbox');
  await forked.prompt('hello').done;
  expect(walled(gateway)).toEqual({ outside: 1, inside: 2 });
});

test('[B1] [H3] less than the operator asks for is refused by name, over the socket and over HTTP', async () => {
  await using gateway = await startGateway({ env: { HOTPLEX_WORKER_ISOLATION: 'sandbox' } });
  const refusal = {
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('config.isolation process is not possible with Demo'),
    details: { field: 'isolation', problem: 'weaker', possible: ['sandbox'] },
  };
  using client = connect(gateway, { isolation: 'process' });
  await expect(client.connect()).rejects.toMatchObject(refusal);
  const sessions = new SessionsApi({ url: gateway.url, auth: apiKey });
  const created = sessions.create({ workerType: 'demo', config: { isolation: 'process' } });
  await expect(created).rejects.toMatchObject(refusal);
  const { agents }: AgentList = await sessions.agents();
  const demo = agents.find(({ type }) => type === 'demo');
  expect(demo?.isolation?.default).toBe('sandbox');
  expect(demo?.isolation?.levels.map(({ level, available, problem }) => [level, available, problem])).toEqual(
    [
      ['none', false, 'weaker'],
      ['process', false, 'weaker'],
      ['sandbox', true, undefined],
      ['container', false, 'unfit'],
    ],
  );
});

test('[B1] a session that chose less than the operator asks for by now gets what he asks for', async () => {
  await using gateway = await startGateway({ env: { HOTPLEX_WORKER_ISOLATION: 'none' } });
  using client = connect(gateway, { isolation: 'process' });
  expect((await client.connect()).isolation).toBe('process');
  await client.prompt('remember the door is blue').done;
  await gateway.stop();
  await gateway.restart({ HOTPLEX_WORKER_ISOLATION: 'sandbox' });
  await expect.poll(() => client.session?.isolation, { timeout: 10_000 }).toBe('sandbox');
  expect((await client.prompt('hello').done).success).toBe(true);
  expect(walled(gateway)).toEqual({ outside: 0, inside: 1 });
});
