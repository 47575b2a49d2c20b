import { loggedEvents } from '@hotplex/aep-protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hugeText } from '../../../src/worker/demo/agent/huge-text.ts';
import { scripts } from '../../../src/worker/demo/agent/scripts.ts';
import { floodPiece, floodText } from '../../../src/worker/demo/flood-text.ts';
import { ofType } from '../../contracts/of-type.ts';
import { textOf } from '../../contracts/text-of.ts';
import { startDemo } from './start-demo.ts';

describe('the first words', () => {
  test.each(['help', 'Guten Tag', ''])(
    '%j is answered with what it is and how to get a real agent',
    async (prompt) => {
      await using demo = await startDemo();
      const text = textOf(await demo.agent.turn(prompt));
      expect(text).toMatch(/^\*\*This is a demo: no model is behind these words\.\*\*/);
      expect(text).toContain('npm install -g @anthropic-ai/claude-code');
      expect(text).toContain('choose **Claude Code** in a new session');
      for (const { keyword, example, shows } of scripts) {
        const row = text.split('\n').find((line) => line.endsWith(`\` | ${shows} |`));
        expect(row).toContain(example ?? keyword);
      }
    },
  );

  test('the first prompt, and no later one, names the session', async () => {
    await using demo = await startDemo();
    await demo.agent.turn('pid');
    await demo.agent.turn('markdown');
    expect(demo.agent.all('session.title').map(({ data }) => data.title)).toEqual(['pid']);
  });
});

test('[E1] it shows every event that an agent can cause', async () => {
  await using demo = await startDemo();
  const { agent } = demo;
  const alone = new Set(['permission', 'question', 'form', 'wait', 'watch', 'crash', 'huge', 'background']);
  for (const { keyword } of scripts.filter((script) => !alone.has(script.keyword))) await agent.turn(keyword);
  const asking = {
    permission: 'permission_request',
    question: 'question_request',
    form: 'elicitation_request',
  } as const;
  for (const [keyword, request] of Object.entries(asking)) {
    const { from } = agent.prompt(keyword);
    await agent.next(request, from);
    agent.worker.interrupt();
    await agent.turnFrom(from);
  }
  for (const command of ['context_usage', 'mcp_status', 'skills']) agent.worker.command?.({ command });
  await agent.turn('pid');
  const causedBySession = /^(state|input|input\.status|session\.(forked|rewound)|.*\.resolved)$/;
  const expected = Object.keys(loggedEvents).filter((kind) => !causedBySession.test(kind));
  expect(agent.events.map(({ type }) => type)).toEqual(expect.arrayContaining(expected));
});

describe('much text', () => {
  test('`flood N` says exactly the N deltas of floodText', async () => {
    await using demo = await startDemo();
    const property = fc.asyncProperty(fc.integer({ min: 1, max: 3_000 }), async (count) => {
      const deltas = ofType(await demo.agent.turn(`flood ${count}`), 'message.delta');
      expect(deltas).toHaveLength(count);
      expect(deltas.map(({ data }) => data.content).join('')).toBe(floodText(count));
      expect(deltas.at(-1)?.data.content).toBe(floodPiece(count - 1));
    });
    await fc.assert(property, { numRuns: 15 });
  });

  test('an interrupt stops a flood', async () => {
    await using demo = await startDemo();
    const { from } = demo.agent.prompt('flood 1000000');
    await demo.agent.next('message.delta', from);
    demo.agent.worker.interrupt();
    const turn = await demo.agent.turnFrom(from);
    expect(ofType(turn, 'message.delta').length).toBeLessThan(1_000_000);
    expect(ofType(turn, 'done')[0]?.data.stats?.stop_reason).toBe('interrupted');
  });

  test('`markdown N` goes on over just N characters, with a heading for each chapter', async () => {
    await using demo = await startDemo();
    const text = textOf(await demo.agent.turn('markdown 3000'));
    expect(text).toHaveLength(3_000);
    expect(text.match(/^# Chapter \d+$/gm)?.slice(0, 3)).toEqual([
      '# Chapter 1',
      '# Chapter 2',
      '# Chapter 3',
    ]);
  });

  test('`huge` says 2 MB', async () => {
    await using demo = await startDemo();
    const text = textOf(await demo.agent.turn('huge'));
    expect(text.length).toBeGreaterThan(2_000_000);
    expect(text).toBe(hugeText());
  });
});

describe('at the pace of people', () => {
  test('`slow` is interrupted at once', async () => {
    await using demo = await startDemo({ environment: {} });
    const { from } = demo.agent.prompt('slow');
    await demo.agent.next('message.delta', from);
    demo.agent.worker.interrupt();
    const words = ofType(await demo.agent.turnFrom(from), 'message.delta');
    expect(words.length).toBeLessThan(100);
  });

  test('[I3] `slow` mentions a prompt that is steered into it', async () => {
    await using demo = await startDemo({ environment: { DEMO_PACE: '0.2' } });
    const { agent } = demo;
    const { from } = agent.prompt('slow');
    await agent.next('message.delta', from);
    agent.worker.steer?.({ inputId: 'steered', content: 'are you there?' });
    const mention = 'You added: are you there?.';
    await agent.until('the mention', () => textOf(agent.events).includes(mention) || undefined);
    agent.worker.interrupt();
    const turn = await agent.turnFrom(from);
    expect(ofType(turn, 'input.taken').map(({ data }) => data.input_id)).toEqual(['steered']);
    expect(turn.at(-1)).toMatchObject({ data: { input_ids: ['input-1', 'steered'] } });
  });
});

test('[S2] `error` ends its turn as failed, and the session goes on', async () => {
  await using demo = await startDemo();
  const turn = await demo.agent.turn('error');
  expect(turn.slice(-2)).toMatchObject([
    { type: 'error', data: { code: 'WORKER_TIMEOUT' } },
    { type: 'done', data: { success: false, stats: { stop_reason: 'error' } } },
  ]);
  expect(textOf(await demo.agent.turn('pid'))).toBe(`My process id is ${demo.agent.pid}.`);
});

test('[E2] the words of a sub-agent stand under the call that began it', async () => {
  await using demo = await startDemo();
  const turn = await demo.agent.turn('agent');
  const call = ofType(turn, 'tool_call').find(({ data }) => data.kind === 'agent');
  const nested = turn.filter(({ data }) => 'parent_id' in data && data.parent_id === call?.data.id);
  expect(new Set(nested.map(({ type }) => type))).toEqual(
    new Set([
      'step',
      'reasoning',
      'message.start',
      'message.delta',
      'message.end',
      'tool_call',
      'tool_result',
    ]),
  );
});

test('[E3] figures that nobody measured are null', async () => {
  await using demo = await startDemo();
  const [end] = ofType(await demo.agent.turn('tool'), 'done');
  expect(end?.data.stats).toEqual({
    duration_ms: expect.any(Number),
    time_to_first_token_ms: expect.any(Number),
    tool_calls: 2,
    input_tokens: null,
    output_tokens: null,
    cache_read_tokens: null,
    cache_write_tokens: null,
    total_tokens: null,
    cost_usd: null,
    model: 'demo',
    context_used_percent: null,
    stop_reason: 'end_turn',
  });
});
