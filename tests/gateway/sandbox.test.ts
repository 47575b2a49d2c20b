import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepClient, ChangesApi } from '@hotplex/client-sdk';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { tryStart } from '../support/try-start.ts';

const sandboxed = { HOTPLEX_WORKER_ISOLATION: 'sandbox' };
const limited = { HOTPLEX_WORKER_ISOLATION: 'process' };

/** The processes whose command line names the folder of this gateway, but for the gateway. */
function leftOf({ dataDir }: RunningGateway): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(join(dataDir, 'demo'))
      );
    } catch {
      return false;
    }
  });
}

const heard = (client: AepClient, type: string) =>
  new Promise<ServerEnvelope>((resolve) => {
    const off = client.onEvent((envelope) => {
      if (envelope.event.type !== type) return;
      off();
      resolve(envelope);
    });
  });

describe('an agent in a sandbox', () => {
  test('[G8] [B1] [B2] outlives a kill -9 of the gateway, is gone on with, and leaves nothing behind', async () => {
    await using gateway = await startGateway({ env: sandboxed });
    using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
    expect((await client.connect()).isolation).toBe('sandbox');
    expect((await client.prompt('remember the door is blue').done).success).toBe(true);
    const asked = heard(client, 'permission_request');
    const turn = client.prompt('permission');
    const { event } = await asked;
    const before = leftOf(gateway);
    expect(before.length).toBeGreaterThanOrEqual(3);
    await gateway.kill();
    expect(leftOf(gateway)).toEqual(before);
    await gateway.restart();
    const id = event.type === 'permission_request' ? event.data.id : '';
    await client.respondToPermission(id, { allowed: true });
    expect(await turn.done).toMatchObject({ success: true, error: null });
    expect(leftOf(gateway)).toEqual(before);
    await gateway.stop();
    expect(leftOf(gateway)).toEqual([]);
    expect(readdirSync(join(gateway.dataDir, 'processes'))).toEqual([]);
    // What held the places of guarded names is gone with it.
    expect(readdirSync(gateway.workDir).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('[B5] [F5] cannot write what tools obey after all files were put back', async () => {
    await using gateway = await startGateway({
      env: { ...sandboxed, HOTPLEX_POLICY_MODE: 'auto_allow_safe' },
    });
    using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
    const { session_id: sessionId } = await client.connect();
    await client.prompt('edit notes.txt blue').done;
    const changes = new ChangesApi({ url: gateway.url, auth: apiKey });
    const { files, state } = await changes.list(sessionId);
    expect(files.map(({ path }) => path)).toEqual(['notes.txt']);
    const { left } = await changes.revert(sessionId, { to: 'start', seen: state });
    expect(left).toEqual([]);
    // The work dir as those see it that are within the walls.
    const own = readlinkSync('/proc/self/ns/mnt');
    const walled = leftOf(gateway).filter((pid) => readlinkSync(`/proc/${pid}/ns/mnt`) !== own);
    expect(walled).not.toEqual([]);
    for (const pid of walled)
      expect(() => writeFileSync(`/proc/${pid}/root${gateway.workDir}/.mcp.json`, 'evil')).toThrow('EROFS');
    expect(readFileSync(join(gateway.workDir, '.mcp.json'), 'utf8')).toBe('{}\n');
  });

  test('[G8] ends within seconds when no gateway comes back', async () => {
    await using gateway = await startGateway({ env: { ...sandboxed, HOTPLEX_WORKER_ORPHAN_GRACE: '1s' } });
    using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
    await client.connect();
    await client.prompt('hello').done;
    expect(leftOf(gateway)).not.toEqual([]);
    await gateway.kill();
    await expect.poll(() => leftOf(gateway), { timeout: 15_000 }).toEqual([]);
  });

  test('[P6] a mode that never asks is offered only within walls, and only if the operator says so', async () => {
    const modesOf = async (env: Record<string, string>) => {
      await using gateway = await startGateway({ env });
      using client = new AepClient({ url: gateway.url, workerType: 'claude_code', auth: apiKey });
      return (await client.connect()).server_caps.permission_modes;
    };
    const allowed = { HOTPLEX_WORKER_ALLOW_BYPASS: 'true' };
    expect(await modesOf({ ...sandboxed, ...allowed })).toContain('bypassPermissions');
    expect(await modesOf({ ...allowed, HOTPLEX_WORKER_ISOLATION: 'process' })).not.toContain(
      'bypassPermissions',
    );
    expect(await modesOf(sandboxed)).not.toContain('bypassPermissions');
  });
});

/** Open files at most, and the size of core dumps, of each process of the agent. */
const limitsOf = (gateway: RunningGateway) =>
  leftOf(gateway).map((pid) => {
    const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
    const [, files] = /^Max open files +\d+ +(\d+) /m.exec(limits) ?? [];
    return { files: Number(files), dumps: /^Max core file size +0 +0 /m.test(limits) ? 'none' : 'some' };
  });

test.concurrent.for([
  { level: 'none', limited: false },
  { level: 'process', limited: true },
  { level: 'sandbox', limited: true },
])(
  '[B7] [S2] at level $level the agent has its limits, and a turn that uses too much memory says so',
  async ({ level, limited }, { expect }) => {
    const env = { HOTPLEX_WORKER_ISOLATION: level, HOTPLEX_WORKER_MAX_MEMORY: '16MB' };
    await using gateway = await startGateway({ env });
    using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
    expect((await client.connect()).isolation).toBe(level);
    const started = heard(client, 'message.start');
    const turn = client.prompt('wait');
    await started;
    const limits = limitsOf(gateway);
    expect(limits).not.toEqual([]);
    for (const { files, dumps } of limited ? limits : []) {
      expect(files).toBeLessThanOrEqual(65_536);
      expect(dumps).toBe('none');
    }
    const { success, error } = await turn.done;
    expect({ success, code: error?.code }).toEqual({ success: false, code: 'WORKER_OOM' });
    expect(error?.message).toMatch(/used \d+ MB of memory; 16 MB are allowed/);
  },
);

describe('a level that this machine cannot do', () => {
  // Neither bubblewrap nor anything else is found there.
  const PATH = '/nowhere';

  test('[B1] is a start error when it was asked for by name', async () => {
    const { code, said } = await tryStart({ ...sandboxed, PATH });
    expect(code).toBe(1);
    expect(said).toContain('bwrap was not found');
  });

  test('[B1] is replaced, loudly, where it is the default', async () => {
    await using gateway = await startGateway({ env: { HOTPLEX_WORKER_ISOLATION: 'auto', PATH } });
    using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
    expect((await client.connect()).isolation).toBe('process');
  });

  test.each([
    {
      env: { HOTPLEX_WORKER_SANDBOX_NETWORK: 'none', HOTPLEX_WORKER_ISOLATION: 'auto', PATH },
      words: 'bwrap was',
    },
    { env: { ...limited, HOTPLEX_WORKER_SANDBOX_NETWORK: 'none' }, words: 'holds in a sandbox only' },
    {
      env: { ...sandboxed, HOTPLEX_WORKER_SANDBOX_NETWORK: 'allow-list' },
      words: 'needs worker.sandbox.allowed_hosts',
    },
    { env: { HOTPLEX_WORKER_SANDBOX_ALLOWED_HOSTS: 'example.com,*.com' }, words: '*.com is neither a host' },
    { env: { HOTPLEX_WORKER_ISOLATION: 'container', PATH }, words: 'worker.container.command' },
  ])('$words: refused by name', async ({ env, words }) => {
    const { code, said } = await tryStart(env);
    expect(code).toBe(1);
    expect(said).toContain(words);
  });
});

describe('hotplex doctor', () => {
  test.each([
    { level: 'sandbox', state: 'ok', words: 'prevented: read the user’s home' },
    { level: 'process', state: 'warning', words: 'could read the user’s home' },
  ])('[B1] tries out level $level and says what it holds', async ({ level, state, words }) => {
    const home = mkdtempSync(join(tmpdir(), 'doctor-'));
    try {
      const env = { HOTPLEX_WORKER_ISOLATION: level };
      const { code, out } = await runCli(['doctor', '--json'], { home, env });
      const { ok, checks } = JSON.parse(out);
      expect({ code, ok }).toEqual({ code: 0, ok: true });
      expect(checks[0]).toEqual({ check: 'isolation', state, message: expect.stringContaining(words) });
      // What the command itself was compiled to.
      expect(readdirSync(home).filter((name) => name !== '.cache')).toEqual([]);
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  test('[A1] fails for a key that can be guessed, and says which', async () => {
    const home = mkdtempSync(join(tmpdir(), 'doctor-'));
    try {
      const env = { HOTPLEX_SECURITY_API_KEY_1: 'short' };
      const { code, out } = await runCli(['doctor'], { home, env });
      expect(code).toBe(1);
      expect(out).toMatch(/^FAILED +keys +security\.api_keys: a key is shorter/m);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
