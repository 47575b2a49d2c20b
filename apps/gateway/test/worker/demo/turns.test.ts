import { describe, expect, test } from 'vitest';
import { ofType } from '../../contracts/of-type.ts';
import { textOf } from '../../contracts/text-of.ts';
import { startDemo } from './start-demo.ts';

const inputIds = (event: { data: { input_ids?: string[] } } | undefined) => event?.data.input_ids;

describe('turns that no prompt began at once', () => {
  test('a background task reports in a turn of its own', async () => {
    await using demo = await startDemo();
    const { agent } = demo;
    const { from } = agent.prompt('background');
    const first = await agent.turnFrom(from);
    expect(ofType(first, 'background.tasks').map(({ data }) => data.count)).toEqual([1]);
    expect(ofType(first, 'step').map(({ data }) => data.status)).toEqual(['running']);
    const second = await agent.turnFrom(from + first.length);
    expect(second.map(({ type }) => type).slice(0, 3)).toEqual(['turn.started', 'background.tasks', 'step']);
    expect(inputIds(ofType(second, 'turn.started')[0])).toEqual([]);
    expect(ofType(second, 'background.tasks').map(({ data }) => data.count)).toEqual([0]);
    expect(ofType(second, 'step').map(({ data }) => data.status)).toEqual(['completed']);
    expect(inputIds(ofType(second, 'done')[0])).toEqual([]);
  });

  test('[I3] a prompt steered into a turn that does not listen begins the next one', async () => {
    await using demo = await startDemo();
    const { agent } = demo;
    const { from, input } = agent.prompt('permission');
    const { data } = await agent.next('permission_request', from);
    agent.worker.steer?.({ inputId: 'steered', content: 'pid' });
    agent.respond({ kind: 'permission', id: data.id, allowed: true });
    const first = await agent.turnFrom(from);
    const second = await agent.turnFrom(from + first.length);
    expect(inputIds(ofType(first, 'done')[0])).toEqual([input.inputId]);
    expect(second[0]).toEqual({ type: 'turn.started', data: { input_ids: ['steered'] } });
    expect(textOf(second)).toBe(`My process id is ${agent.pid}.`);
    expect(inputIds(ofType(second, 'done')[0])).toEqual(['steered']);
  });

  test('[I3] a prompt that was to be steered but came too late begins a turn', async () => {
    await using demo = await startDemo();
    await demo.agent.turn('pid');
    const from = demo.agent.events.length;
    demo.agent.worker.steer?.({ inputId: 'late', content: 'pid' });
    const turn = await demo.agent.turnFrom(from);
    expect(turn[0]).toEqual({ type: 'turn.started', data: { input_ids: ['late'] } });
    expect(demo.agent.all('input.taken')).toEqual([]);
  });

  test('prompts that crossed a running turn are answered in order, each in its own', async () => {
    await using demo = await startDemo();
    const { agent } = demo;
    const prompts = ['pid', 'raw', 'pid'].map((content) => agent.prompt(content).input.inputId);
    const first = await agent.turnFrom(0);
    const second = await agent.turnFrom(first.length);
    await agent.turnFrom(first.length + second.length);
    expect(agent.all('done').flatMap(inputIds)).toEqual(prompts);
    expect(agent.all('turn.started').flatMap(inputIds)).toEqual(prompts.slice(1));
  });

  test('[I5] an interrupt loses no steered prompt', async () => {
    await using demo = await startDemo();
    const { agent } = demo;
    const { from } = agent.prompt('permission');
    await agent.next('permission_request', from);
    agent.worker.steer?.({ inputId: 'steered', content: 'pid' });
    agent.worker.interrupt();
    const interrupted = await agent.turnFrom(from);
    const next = await agent.turnFrom(from + interrupted.length);
    expect(ofType(interrupted, 'tool_result')[0]?.data).toMatchObject({ stopped: true });
    expect(inputIds(ofType(next, 'done')[0])).toEqual(['steered']);
  });
});

describe('commands', () => {
  test('set_model changes the model of the next turn, and says so', async () => {
    await using demo = await startDemo();
    const { agent } = demo;
    agent.worker.command?.({ command: 'set_model', extra: { model: 'demo-slow' } });
    const turn = await agent.turn('pid');
    expect(agent.all('worker.notice')[0]?.data).toMatchObject({
      kind: 'model',
      details: { model: 'demo-slow' },
    });
    expect(ofType(turn, 'done')[0]?.data.stats?.model).toBe('demo-slow');
    const from = agent.events.length;
    agent.worker.command?.({ command: 'model' });
    expect((await agent.next('worker.notice', from)).data.message).toBe('The model is demo-slow.');
  });

  test('set_model names the models there are when it does not know one', async () => {
    await using demo = await startDemo();
    demo.agent.worker.command?.({ command: 'set_model', args: 'gpt' });
    expect((await demo.agent.next('error')).data).toEqual({
      code: 'CONFIG_INVALID',
      message: 'There is no model gpt; choose one of demo, demo-slow.',
      details: { field: 'model' },
    });
  });

  test('context_usage counts words, skills can be filtered, mcp_status names the made-up server', async () => {
    await using demo = await startDemo();
    const { agent } = demo;
    await agent.turn('pid please');
    agent.worker.command?.({ command: 'context_usage' });
    agent.worker.command?.({ command: 'skills', args: 'mark' });
    agent.worker.command?.({ command: 'mcp_status' });
    const usage = (await agent.next('context_usage')).data;
    expect(usage.categories).toEqual([
      { name: 'Words you wrote', tokens: 2 },
      { name: 'Words the demo said', tokens: 5 },
    ]);
    expect(usage).toMatchObject({ total_tokens: 7, max_tokens: 10_000, model: 'demo' });
    expect(usage.percentage).toBeCloseTo(0.07);
    const skills = (await agent.next('skills_list')).data;
    expect(skills).toMatchObject({
      total: 1,
      filter: 'mark',
      skills: [{ name: 'markdown', source: 'demo' }],
    });
    expect((await agent.next('mcp_status')).data.servers).toEqual([{ name: 'demo', status: 'made up' }]);
  });

  test('clear begins a new conversation with an empty memory', async () => {
    await using demo = await startDemo();
    const { agent } = demo;
    await agent.turn('remember the milk');
    const before = agent.session;
    agent.worker.command?.({ command: 'clear' });
    expect(textOf(await agent.turn('recall'))).toBe('You have not asked me to remember anything.');
    expect(agent.session).not.toBe(before);
  });

  test('a command it does not have is refused by name', async () => {
    await using demo = await startDemo();
    demo.agent.worker.command?.({ command: 'rewind' });
    expect((await demo.agent.next('error')).data).toMatchObject({
      code: 'NOT_SUPPORTED',
      details: { command: 'rewind' },
    });
  });
});
