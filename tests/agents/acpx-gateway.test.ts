import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Model, startModel } from '../support/model/start-model.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { realProgram } from './open-acp.ts';

let model: Model;
let gateway: RunningGateway;
beforeAll(async () => {
  model = await startModel();
  const programs = dirname(realProgram('acpx'));
  gateway = await startGateway({
    env: {
      PATH: [programs, process.env.PATH].join(delimiter),
      ANTHROPIC_BASE_URL: model.url,
      ANTHROPIC_API_KEY: 'sk-ant-of-a-test',
      // It refuses to run as root otherwise, which is what tests in a container are.
      IS_SANDBOX: '1',
    },
  });
  await mkdir(join(gateway.dataDir, '..', '.claude'), { recursive: true });
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  await model?.close();
});

const open = async (sessionId?: string) => {
  const session = sessionId === undefined ? {} : { sessionId };
  const client = new AepClient({ url: gateway.url, workerType: 'acpx_claude', auth: apiKey, ...session });
  await client.connect();
  return client;
};

describe('the real acpx behind the gateway', () => {
  test('[E2] acpx_claude streams an answer, and its state is the gateway’s own', async () => {
    using client = await open();
    const pieces: string[] = [];
    client.onEvent(({ event }) => {
      if (event.type === 'message.delta') pieces.push(event.data.content);
    });
    const turn = client.prompt('@@text(Here are some words in more than one piece.)');
    expect((await turn.done).text).toBe('Here are some words in more than one piece.');
    expect(pieces.length).toBeGreaterThan(1);
    expect(existsSync(join(gateway.dataDir, 'acpx', '.acpx', 'sessions'))).toBe(true);
    expect(existsSync(join(gateway.dataDir, '..', '.acpx'))).toBe(false);
  });

  test('[D5] what was not allowed is denied, and said so', async () => {
    using client = await open();
    const denied: unknown[] = [];
    client.onEvent(({ event }) => {
      if (event.type === 'tool_result') denied.push(event.data.denied);
    });
    await client.prompt('@@touch(made.txt)').done;
    expect(denied).toEqual([true]);
    expect(existsSync(join(gateway.workDir, 'made.txt'))).toBe(false);
  });

  test('[S5] after kill -9 of the gateway the next one takes the conversation over from its queue owner', async () => {
    const client = await open();
    await client.prompt('the door is blue @@text(noted)').done;
    const id = client.session?.session_id;
    expect(id).toBeDefined();
    client[Symbol.dispose]();
    await gateway.kill();
    await gateway.restart();
    using again = await open(id);
    const { text } = await again.prompt('what did I say? @@recall').done;
    expect(text).toContain('the door is blue');
  });
});
