import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, expect, test } from 'vitest';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const folder = mkdtempSync(join(tmpdir(), 'orphans-'));
const config = join(folder, 'hotplex.yaml');
// An agent that neither ends with its input nor when it is asked to.
const script = "trap '' TERM; while :; do sleep 1; done";
const agents = { stubborn: { command: '/bin/sh', args: ['-c', script] } };
writeFileSync(config, JSON.stringify({ worker: { acp: { agents } } }));
afterAll(() => rmSync(folder, { recursive: true }));

/** The process that the gateway wrote down, once there is one. */
async function agentOf({ dataDir }: RunningGateway): Promise<number> {
  let pid: number | undefined;
  const find = () => {
    const processes = join(dataDir, 'processes');
    for (const entry of existsSync(processes) ? readdirSync(processes, { withFileTypes: true }) : []) {
      if (!entry.isDirectory()) continue;
      pid ??= JSON.parse(readFileSync(join(processes, entry.name, 'process.json'), 'utf8')).process?.pid;
    }
    return pid !== undefined && commandOf(pid).includes('trap');
  };
  await expect.poll(find, { timeout: 20_000 }).toBe(true);
  return pid ?? 0;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Asks for the agent and waits until its process is there. */
async function startAgent(gateway: RunningGateway): Promise<number> {
  using client = new AepClient({
    ...{ url: gateway.url, workerType: 'acp', auth: apiKey, reconnect: false },
    config: { agent: 'stubborn' },
  });
  await client.connect();
  client.prompt('hello').done.catch(() => {});
  return agentOf(gateway);
}

test('[G8] after a kill -9 of the gateway an agent that nobody can go on with ends within seconds', async () => {
  const env = { HOTPLEX_CONFIG: config, HOTPLEX_WORKER_STDIO: 'pipe' };
  await using gateway = await startGateway({ env });
  const pid = await startAgent(gateway);
  await gateway.kill();
  await expect.poll(() => commandOf(pid), { timeout: 10_000 }).toBe('');
});

test('[G8] [B2] an orderly stop leaves no process and no folder', async () => {
  await using gateway = await startGateway({ env: { HOTPLEX_CONFIG: config } });
  const pid = await startAgent(gateway);
  gateway.process.kill('SIGTERM');
  await expect.poll(() => gateway.process.exitCode, { timeout: 10_000 }).toBe(0);
  expect(commandOf(pid)).toBe('');
  expect(readdirSync(join(gateway.dataDir, 'processes'))).toEqual([]);
});
