import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Model, startModel } from '../support/model/start-model.ts';
import { dot } from '../support/picture.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { realClaude } from './open-claude.ts';

let model: Model;
let gateway: RunningGateway;
beforeAll(async () => {
  expect(existsSync(realClaude), 'pnpm install --dir tests/real-agents --frozen-lockfile').toBe(true);
  model = await startModel();
  const agent = {
    ANTHROPIC_BASE_URL: model.url,
    ANTHROPIC_API_KEY: 'sk-ant-of-a-test',
    CLAUDE_CODE_MAX_RETRIES: '2',
  };
  gateway = await startGateway({ env: { ...agent, HOTPLEX_WORKER_CLAUDE_CODE_COMMAND: realClaude } });
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  await model?.close();
});

const open = async () => {
  const client = new AepClient({
    url: gateway.url,
    workerType: 'claude_code',
    auth: apiKey,
    config: { model: 'claude-sonnet-4-5' },
  });
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
/** The real agents that this gateway runs now. */
const agents = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        return Number(parent) === gateway.process.pid && readlinkSync(`/proc/${pid}/exe`).includes('claude');
      } catch {
        return false;
      }
    });

describe('the real Claude Code behind the gateway', () => {
  test('[S3] three turns keep one process', async () => {
    using client = await open();
    const before = new Set(agents());
    const pids = [];
    for (const words of ['one', 'two', 'three']) {
      expect((await client.prompt(`say it @@text(${words})`).done).text).toBe(words);
      pids.push(agents().filter((pid) => !before.has(pid)));
    }
    expect(pids[0]).toHaveLength(1);
    expect(pids).toEqual([pids[0], pids[0], pids[0]]);
  });

  test('[F4] an uploaded picture reaches the model as a picture, another file as a path', async () => {
    using client = await open();
    const picture = await client.upload(new File([dot], 'dot.png'));
    const notes = await client.upload(new File(['the tea is in the blue pot'], 'notes.txt'));
    const before = model.requests.length;
    const prompt = { content: 'Look. @@picture', attachments: [picture, notes] };
    expect((await client.prompt(prompt).done).text).toBe('I see 1 picture.');
    const sent = model.requests
      .slice(before)
      .map(({ body }) => body)
      .join();
    expect(sent).toContain(dot.toString('base64'));
    expect(sent).toContain(join(gateway.workDir, '.hotplex', 'attachments'));
  });

  test('[E4] a permission is denied, asked again, allowed, and then the tool runs', async () => {
    using client = await open();
    const file = join(gateway.workDir, 'made.txt');
    for (const allowed of [false, true]) {
      const asked = heard(client, 'permission_request');
      const turn = client.prompt('make it @@touch(made.txt)');
      const { event } = await asked;
      expect(existsSync(file)).toBe(false);
      await client.respondToPermission(event.type === 'permission_request' ? event.data.id : '', {
        allowed,
        reason: 'not now',
      });
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
    const before = new Set(agents());
    await client.prompt('the door is blue @@text(noted)').done;
    const [pid = 0] = agents().filter((agent) => !before.has(agent));
    const ended = heard(client, 'state');
    process.kill(pid, 'SIGKILL');
    expect((await ended).event.data).toMatchObject({ state: 'terminated' });
    const { text } = await client.prompt('what did I say? @@recall').done;
    expect(text).toContain('the door is blue');
  });
});
