import { describe, expect, test } from 'vitest';
import { ofType } from '../../contracts/of-type.ts';
import { textOf } from '../../contracts/text-of.ts';
import { expectClosedBlocks } from '../../contracts/worker-contract/expect-closed-blocks.ts';
import { expectShape } from '../../contracts/worker-contract/expect-shape.ts';
import { answersTo, controls, prompts, replay } from './replay.ts';

describe.each(prompts)('%s', (name) => {
  const { events, lines } = replay(name);

  test('[E1] every event has the shape of the protocol, and no line is a stranger', () => {
    for (const event of events) expectShape(event);
    expect(lines.filter(({ type }) => type === 'unknown')).toEqual([]);
    expect(ofType(events, 'raw')).toEqual([]);
  });

  test('[E2] a text block starts once, ends once, and has its words between', () => {
    expectClosedBlocks(events);
  });

  test('[E2] each call is told once and has one result, behind it', () => {
    const open = new Set<string>();
    for (const { type, data } of events) {
      if (type === 'tool_call') open.add(data.id);
      if (type === 'tool_result') expect(open.delete(data.id)).toBe(true);
    }
    expect([...open]).toEqual([]);
    const calls = ofType(events, 'tool_call').map(({ data }) => data.id);
    expect(new Set(calls).size).toBe(calls.length);
  });

  test('[S2] it has one end, after its error', () => {
    expect(ofType(events, 'done')).toHaveLength(1);
    for (const [index, event] of events.entries()) {
      if (event.type === 'error') expect(events[index + 1]?.type).toBe('done');
    }
  });
});

describe('a prompt', () => {
  test('[E2] text comes in pieces, and its figures with the end', () => {
    const { events } = replay('03-prompt-text');
    expect(ofType(events, 'message.delta')).toHaveLength(5);
    expect(textOf(events)).toBe('Hello from the fake model.');
    expect(ofType(events, 'done')[0]?.data).toMatchObject({
      success: true,
      input_ids: ['input-1'],
      stats: { input_tokens: 120, output_tokens: 20, stop_reason: 'end_turn' },
    });
  });

  test('[E1] a tool is told with the command and its output', () => {
    const { events } = replay('04-prompt-hot-bash');
    expect(ofType(events, 'tool_update')[0]?.data.title).toBe('echo hi-from-bash');
    expect(ofType(events, 'tool_result')[0]?.data.output).toBe('hi-from-bash\n');
  });

  test('[E1] reasoning and plans are told apart from text', () => {
    expect(ofType(replay('claude-08-reasoning').events, 'reasoning')).not.toEqual([]);
    expect(ofType(replay('claude-07-todo').events, 'plan')).not.toEqual([]);
  });

  test.each([
    ['10-perm-approve-all', false],
    ['11-perm-approve-reads-noninteractive', true],
    ['12-perm-deny-all', true],
    ['14-perm-policy-escalate', true],
    ['15-perm-policy-autoapprove', false],
    ['claude-04-touch-deny-all', true],
    ['claude-03-touch-approve-all', false],
  ])('[E4] %s: that acpx denied a call is said of its result', (name, denied) => {
    const results = ofType(replay(name).events, 'tool_result').map(({ data }) => data.denied ?? false);
    expect(results).toContain(denied);
    expect(results).not.toContain(!denied);
  });

  test.each(['20-cancel-prompt-side', '34-cancel-tool-prompt-side'])(
    '[I5] %s is an interrupt and no error',
    (name) => {
      const { events } = replay(name);
      expect(ofType(events, 'error')).toEqual([]);
      expect(ofType(events, 'done')[0]?.data).toMatchObject({
        success: false,
        stats: { stop_reason: 'interrupted' },
      });
    },
  );

  test.each([
    ['01-no-session', 'No acpx session found'],
    ['27-error-400', 'bad request'],
    ['claude-09-error-400', 'bad request'],
    ['35-agent-crash', 'agent'],
    ['38-owner-killed', 'Queue owner disconnected'],
    ['45-bad-agent', 'Failed to spawn agent command'],
    ['46-bad-flag', 'unknown option'],
    ['48-exit1-agent', 'exited before initialize'],
    ['23-sigterm', 'acpx ended with'],
    ['47-not-acp', 'acpx ended with code 1'],
  ])('[S2] %s is a failure in words', (name, words) => {
    const { events } = replay(name);
    expect(ofType(events, 'error').map(({ data }) => data)).toEqual([
      expect.objectContaining({ code: 'INTERNAL_ERROR', message: expect.stringContaining(words) }),
    ]);
    expect(ofType(events, 'done')[0]?.data).toMatchObject({
      success: false,
      stats: { stop_reason: 'error' },
    });
  });

  test('[S5] a conversation that acpx began anew in silence is told as lost; a first one is none', () => {
    expect(ofType(replay('claude-02-text', { remembers: true }).events, 'context.lost')).toHaveLength(1);
    expect(ofType(replay('claude-02-text').events, 'context.lost')).toEqual([]);
    expect(ofType(replay('37-prompt-after-crash', { remembers: true }).events, 'context.lost')).toEqual([]);
  });
});

test.each(controls)('[E1] the answer in %s is understood, or is not one that is asked for', (name) => {
  const known = answersTo(name).filter((answer) => answer !== undefined);
  expect(known).toHaveLength(/set-mode(-back)?$|nowait$/.test(name) ? 0 : 1);
});
