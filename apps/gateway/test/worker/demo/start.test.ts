import { cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/ground/clock.ts';
import type { ChildProcess, ProcessOptions, SpawnProcess } from '../../../src/process/child-process.ts';
import { createSpawnProcess } from '../../../src/process/spawn-process.ts';
import { findAgentFile } from '../../../src/worker/demo/agent-file.ts';
import { textOf } from '../../contracts/text-of.ts';
import { setUpDemo } from './set-up-demo.ts';
import { startDemo } from './start-demo.ts';

const sources = fileURLToPath(new URL('../../../src/worker/demo', import.meta.url));

test('[H4] says what it can do before any prompt', async () => {
  await using demo = await startDemo();
  const { data } = await demo.agent.next('worker.ready');
  expect(data.models?.map(({ id }) => id)).toEqual(['demo', 'demo-slow']);
  expect(data.commands?.map(({ name }) => name)).toContain('markdown');
  expect(data.version).toMatch(/^\d+\.\d+\.\d+$/);
});

test('needs nothing but Node and the files of its own folder', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'hotplex-demo-alone-'));
  await cp(sources, elsewhere, { recursive: true });
  await using demo = await startDemo({ agentFile: join(elsewhere, 'demo-agent.ts') });
  expect(textOf(await demo.agent.turn('pid'))).toBe(`My process id is ${demo.agent.pid}.`);
  await rm(elsewhere, { recursive: true });
});

describe('the process', () => {
  const started: { options: ProcessOptions; child: ChildProcess }[] = [];
  const realSpawn = createSpawnProcess({ clock: systemClock });
  const spawn: SpawnProcess = (options, listener) => {
    const child = realSpawn(options, listener);
    started.push({ options, child });
    return child;
  };

  test('[E1] sees nothing of the gateway’s environment but its pace', async () => {
    const environment = { DEMO_PACE: '0', HOTPLEX_SECRET: 'x', HOME: '/', NODE_OPTIONS: '--inspect' };
    await using demo = await startDemo({ spawn, environment });
    await demo.agent.next('worker.ready');
    expect(started.at(-1)?.options.env).toEqual({ DEMO_PACE: '0' });
  });

  test('[B2] ends when nobody is left to talk to it, also in the middle of a turn', async () => {
    await using demo = await startDemo({ spawn });
    const { from } = demo.agent.prompt('wait');
    await demo.agent.next('message.delta', from);
    started.at(-1)?.child.closeInput();
    expect(await demo.agent.exit()).toEqual({ reason: 'exited', code: 0, signal: null, stderr: '' });
  });

  test('ignores a line that is no request', async () => {
    await using demo = await startDemo({ spawn });
    for (const line of ['', 'tea!', 'null', '{"type":"tea"}']) started.at(-1)?.child.writeLine(line);
    expect(textOf(await demo.agent.turn('pid'))).toBe(`My process id is ${demo.agent.pid}.`);
  });
});

describe('the model', () => {
  test('is the one of the config', async () => {
    await using demo = await startDemo({ config: { model: 'demo-slow' } });
    const end = (await demo.agent.turn('pid')).at(-1);
    expect(end).toMatchObject({ type: 'done', data: { stats: { model: 'demo-slow' } } });
  });

  test('[H3] that it does not know is a failed start that names those there are', async () => {
    await using demo = await startDemo({ config: { model: 'gpt' } });
    expect(await demo.agent.exit()).toMatchObject({
      reason: 'start-failed',
      message: 'there is no model gpt; choose one of demo, demo-slow',
    });
  });
});

describe('memory', () => {
  test.each(['00000000-0000-0000-0000-000000000000', '../state', ''])(
    '[S5] a conversation %j that it does not know is announced as lost',
    async (resume) => {
      await using demo = await startDemo({ resume });
      expect((await demo.agent.next('context.lost')).data.reason).toBe(
        `the demo agent has no memory of ${resume}`,
      );
      expect(demo.agent.session).not.toBe(resume);
    },
  );

  test('[S5] a damaged file is announced as lost', async () => {
    await using demo = await startDemo();
    await demo.agent.turn('remember the milk');
    const { session: resume } = demo.agent;
    await writeFile(join(demo.stateDir, `${resume}.json`), '{"facts":["the mi');
    const resumed = demo.startAnother({ resume });
    await resumed.next('context.lost');
    expect(textOf(await resumed.turn('recall'))).toBe('You have not asked me to remember anything.');
  });

  test('is for its owner alone', async () => {
    await using demo = await startDemo();
    await demo.agent.next('worker.ready');
    const [file = ''] = await readdir(demo.stateDir);
    expect((await stat(demo.stateDir)).mode & 0o777).toBe(0o700);
    expect((await stat(join(demo.stateDir, file))).mode & 0o777).toBe(0o600);
  });
});

describe('locate', () => {
  test('finds the agent that ships with the gateway', async () => {
    await using stage = await setUpDemo();
    expect(await stage.definition.locate()).toEqual({
      available: true,
      version: expect.any(String),
      path: join(sources, 'demo-agent.ts'),
    });
  });

  test('says what is missing', async () => {
    await using stage = await setUpDemo({ agentFile: '/nowhere/demo-agent.mjs' });
    expect(await stage.definition.locate()).toMatchObject({
      available: false,
      reason: '/nowhere/demo-agent.mjs is missing',
    });
  });

  test('looks beside the bundle once the gateway is built', () => {
    expect(findAgentFile('file:///opt/hotplex/dist/main.mjs')).toBe('/opt/hotplex/dist/demo-agent.mjs');
  });
});
