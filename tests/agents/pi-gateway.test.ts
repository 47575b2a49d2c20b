import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { piScenarios } from '../support/model/pi-scenarios.ts';
import { type Model, startModel } from '../support/model/start-model.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { realPi, toProvider } from './open-pi.ts';

let model: Model;
let gateway: RunningGateway;
beforeAll(async () => {
  expect(existsSync(realPi), 'pnpm install --dir tests/real-agents --frozen-lockfile').toBe(true);
  model = await startModel(piScenarios);
  gateway = await startGateway({ env: { HOTPLEX_WORKER_PI_COMMAND: realPi, ANTHROPIC_API_KEY: '' } });
  // Pi's own folder, in the home of the gateway.
  const folder = join(gateway.dataDir, '..', '.pi', 'agent');
  await mkdir(folder, { recursive: true });
  const providers = { test: toProvider(model.url) };
  await writeFile(join(folder, 'models.json'), JSON.stringify({ providers }));
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  await model?.close();
});

const open = async (workerType = 'pi') => {
  const config = { model: 'test/first' };
  const client = new AepClient({ url: gateway.url, workerType, auth: apiKey, config });
  await client.connect();
  return client;
};
const heard = (client: AepClient, type: string) =>
  new Promise<ServerEnvelope>((resolve) => {
    const off = client.onEvent((envelope) => {
      if (envelope.event.type !== type) return;
      off();
      resolve(envelope);
    });
  });
/** The agents that this gateway started and that run now; the keeper is a shell. */
const children = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        return Number(parent) === gateway.process.pid && readlinkSync(`/proc/${pid}/exe`).endsWith('/node');
      } catch {
        return false;
      }
    });

describe('the real Pi behind the gateway', () => {
  test('[S3] three turns keep one process, also under its other name', async () => {
    using client = await open('pi-mono');
    const before = new Set(children());
    const pids = [];
    for (const words of ['one', 'two', 'three']) {
      expect((await client.prompt(`say it @@text(${words})`).done).text).toBe(words);
      pids.push(children().filter((pid) => !before.has(pid)));
    }
    expect(pids[0]).toHaveLength(1);
    expect(pids).toEqual([pids[0], pids[0], pids[0]]);
  });

  test('[E4] the bundled extension asks: denied, asked again, allowed, and then the tool runs', async () => {
    using client = await open();
    const file = join(gateway.workDir, 'made.txt');
    for (const allowed of [false, true]) {
      const asked = heard(client, 'permission_request');
      const turn = client.prompt('make it @@touch(made.txt)');
      const { event } = await asked;
      expect(existsSync(file)).toBe(false);
      const id = event.type === 'permission_request' ? event.data.id : '';
      await client.respondToPermission(id, { allowed, reason: 'not now' });
      expect((await turn.done).success).toBe(true);
      expect(existsSync(file)).toBe(allowed);
    }
  });

  test('[I5] Stop ends the turn in under a second and the next prompt works', async () => {
    using client = await open();
    const begun = heard(client, 'message.delta');
    const turn = client.prompt('go on @@slow');
    await begun;
    const asked = performance.now();
    await turn.interrupt();
    expect(await turn.done).toMatchObject({ success: false, stopReason: 'interrupted', error: null });
    expect(performance.now() - asked).toBeLessThan(1_000);
    expect((await client.prompt('and now @@text(still here)').done).text).toBe('still here');
  });

  test('[S5] after kill -9 of the agent the next prompt resumes its memory', async () => {
    using client = await open();
    const before = new Set(children());
    await client.prompt('the door is blue @@text(noted)').done;
    const [pid = 0] = children().filter((child) => !before.has(child));
    const ended = heard(client, 'state');
    process.kill(pid, 'SIGKILL');
    expect((await ended).event.data).toMatchObject({ state: 'terminated' });
    const { text } = await client.prompt('what did I say? @@recall').done;
    expect(text).toContain('the door is blue');
  });
});
