import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCodeScenarios } from '../support/model/opencode-scenarios.ts';
import { piScenarios } from '../support/model/pi-scenarios.ts';
import { type Model, startModel } from '../support/model/start-model.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { realProgram } from './open-acp.ts';
import { realClaude } from './open-claude.ts';
import { installedPlugin, realOpenCode, toOpenCodeConfig } from './open-opencode.ts';
import { realPi, toProvider } from './open-pi.ts';

let models: Model[];
let gateway: RunningGateway;
let home: string;

beforeAll(async () => {
  models = await Promise.all([startModel(), startModel(openCodeScenarios), startModel(piScenarios)]);
  const [claude, openCode, pi] = models.map(({ url }) => url);
  gateway = await startGateway({
    env: {
      HOTPLEX_WORKER_ISOLATION: 'sandbox',
      PATH: [dirname(realProgram('claude-agent-acp')), process.env.PATH].join(delimiter),
      HOTPLEX_WORKER_CLAUDE_CODE_COMMAND: realClaude,
      HOTPLEX_WORKER_OPENCODE_COMMAND: realOpenCode,
      HOTPLEX_WORKER_PI_COMMAND: realPi,
      ...{ ANTHROPIC_BASE_URL: claude ?? '', ANTHROPIC_API_KEY: 'sk-ant-of-a-test' },
      OPENCODE_CONFIG_CONTENT: JSON.stringify(toOpenCodeConfig(openCode ?? '')),
      OPENCODE_DISABLE_MODELS_FETCH: '1',
    },
  });
  home = join(gateway.dataDir, '..');
  await mkdir(join(home, '.pi', 'agent'), { recursive: true });
  const providers = { test: toProvider(pi ?? '') };
  await writeFile(join(home, '.pi', 'agent', 'models.json'), JSON.stringify({ providers }));
  await writeFile(join(home, 'secret'), 'of the user');
  // As if OpenCode's plugin package were installed: else it asks npm for it at every start.
  const config = join(home, '.config', 'opencode');
  await mkdir(join(config, 'node_modules'), { recursive: true });
  await writeFile(join(config, 'package-lock.json'), JSON.stringify(installedPlugin));
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  await Promise.all((models ?? []).map((model) => model.close()));
});

/** A session in a work dir of its own that allows whatever its agent asks. */
async function open(workerType: string, config: Record<string, unknown>, name = `work-${workerType}`) {
  const workDir = join(home, name);
  await mkdir(workDir, { recursive: true });
  const client = new AepClient({
    ...{ url: gateway.url, workerType, auth: apiKey },
    config: { ...config, work_dir: workDir },
  });
  client.onEvent(({ event }) => {
    if (event.type === 'permission_request')
      void client.respondToPermission(event.data.id, { allowed: true });
  });
  return { client, workDir, ack: await client.connect() };
}

describe.each([
  { type: 'claude_code', config: { model: 'claude-sonnet-4-5' } },
  { type: 'acp', config: { agent: 'claude' } },
  { type: 'opencode_server', config: { model: 'test/one' } },
  {
    type: 'opencode_cli',
    config: { model: 'test/one', permission_mode: 'acceptEdits', allowed_tools: ['bash'] },
  },
  { type: 'pi', config: { model: 'test/first' } },
])('the real agent of $type in a sandbox', ({ type, config }) => {
  test('[B1] [B3] does its work, and its tools reach neither the keys of the gateway nor the home of the user', async () => {
    const { client, workDir, ack } = await open(type, config);
    using _ = client;
    expect(ack.isolation).toBe('sandbox');
    expect((await client.prompt('say it @@text(one)').done).text).toBe('one');
    const lines = [
      `cat ${gateway.dataDir}/signing-key.json || echo no key`,
      `cat ${home}/secret || echo no home`,
      `ls ${gateway.workDir} || echo no other work`,
      `(echo x > ${home}/.bashrc) && echo written`,
      'echo evil > .mcp.json || echo no servers',
      `cat /proc/${gateway.process.pid}/environ || echo no environment`,
    ];
    await writeFile(join(workDir, 'probe.sh'), `{ ${lines.join('\n')}\n} > said.txt 2>/dev/null\n`);
    expect(await client.prompt('look around @@bash(sh probe.sh)').done).toMatchObject({ success: true });
    expect(readFileSync(join(workDir, 'said.txt'), 'utf8').trim().split('\n')).toEqual([
      ...['no key', 'no home', 'no other work', 'written', 'no servers', 'no environment'],
    ]);
    expect(existsSync(join(home, '.bashrc'))).toBe(false);
  });

  test('[B1] remembers the conversation in another process', async () => {
    const first = await open(type, config);
    await first.client.prompt('the door is blue @@text(noted)').done;
    await first.client.prompt('again @@text(noted)').done;
    const { session_id: sessionId } = first.ack;
    first.client[Symbol.dispose]();
    await gateway.restart();
    using client = new AepClient({ url: gateway.url, workerType: type, auth: apiKey, sessionId });
    await client.connect();
    expect(await client.prompt('what did I say? @@recall').done).toMatchObject({
      ...{ error: null, success: true, text: expect.stringContaining('the door is blue') },
    });
  });
});

/** OpenCode takes a few seconds, and on a machine with too much to do a minute. */
const startMs = 100_000;

test(
  '[G8] [S2] the OpenCode server of each work dir goes on when the gateway is killed, and ends its turn for the next one',
  async () => {
    const sessions = [];
    for (const name of ['one', 'two']) {
      const session = await open('opencode_server', { model: 'test/one' }, name);
      const command = 'touch begun; until [ -e go ]; do sleep 0.1; done; echo over > ended';
      const turn = session.client.prompt(`wait @@bash(${command})`);
      await expect.poll(() => existsSync(join(session.workDir, 'begun')), { timeout: startMs }).toBe(true);
      sessions.push({ ...session, turn });
    }
    await gateway.kill();
    await gateway.restart();
    for (const { client, workDir, turn } of sessions) {
      using _ = client;
      await writeFile(join(workDir, 'go'), '');
      expect(await turn.done).toMatchObject({ success: true, error: null });
      expect(existsSync(join(workDir, 'ended'))).toBe(true);
    }
  },
  4 * startMs,
);
