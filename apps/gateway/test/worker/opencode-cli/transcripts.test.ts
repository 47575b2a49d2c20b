import { describe, expect, test } from 'vitest';
import { expectShape } from '../../contracts/worker-contract/expect-shape.ts';
import { only, outline, texts } from '../claude-code/replay.ts';
import { replay, transcripts } from './replay.ts';

describe.each(transcripts)('%s', (name) => {
  const events = replay(name);

  test('[E1] every event has the shape of the protocol, and no line is a stranger', () => {
    for (const event of events) expectShape(event);
    expect(only(events, 'raw')).toEqual([]);
  });

  test('[E2] each call has one result, behind it', () => {
    const open = new Set<string>();
    for (const { type, data } of events) {
      if (type === 'tool_call') open.add(data.id);
      if (type === 'tool_result') expect(open.delete(data.id)).toBe(true);
    }
    expect([...open]).toEqual([]);
  });

  test('[S2] every run ends in one done, after its error', () => {
    expect(only(events, 'done').length).toBeGreaterThan(0);
    for (const [index, event] of events.entries()) {
      if (event.type === 'error') expect(events[index + 1]?.type).toBe('done');
      if (event.type === 'done' && event.data.stats?.stop_reason === 'error') {
        expect(events[index - 1]?.type).toBe('error');
      }
    }
  });
});

describe('a run', () => {
  test('[E2] text comes in one piece, with the session before it', () => {
    expect(outline(replay('text'))).toEqual([
      'worker.session',
      'message Hello from the fake model.',
      'done true end_turn',
    ]);
  });

  test('[E1] reasoning is told apart from text', () => {
    const events = replay('reasoning-thinking');
    expect(only(events, 'reasoning').map(({ content }) => content)).toEqual(['Let me think about it.']);
    expect(texts(events)).toEqual(['Answer is 42.']);
  });

  test('[E1] a tool is told with its result; a command that fails says how', () => {
    expect(outline(replay('bash'))).toContain('call bash (execute): echo hi-from-bash');
    expect(only(replay('bash-fail'), 'tool_result')[0]?.metadata?.exit).not.toBe(0);
    expect(only(replay('edit'), 'tool_call').at(-1)?.diff).toEqual([
      { path: '/workspace/README.md', old_text: 'hello', new_text: 'goodbye' },
    ]);
    expect(only(replay('todo'), 'plan')).toHaveLength(1);
  });

  test('[D5] what would be asked is denied and said so', () => {
    const [result] = only(replay('permission-ask-autoreject'), 'tool_result');
    expect(result?.denied).toBe(true);
  });

  test('[E3] figures are summed over the requests of the run', () => {
    expect(only(replay('bash'), 'done')[0]?.stats).toMatchObject({
      input_tokens: 260,
      output_tokens: 40,
      tool_calls: 1,
      time_to_first_token_ms: null,
    });
  });

  test.each([
    ['error-400', 'INTERNAL_ERROR'],
    ['error-401', 'UNAUTHORIZED'],
    ['error-429-retries', 'RATE_LIMITED'],
    ['error-overflow', 'INTERNAL_ERROR'],
    ['error-no-message', 'INTERNAL_ERROR'],
  ])('[S2] %s is %s', (name, code) => {
    expect(only(replay(name), 'error')).toMatchObject([
      { code, message: expect.not.stringContaining('\u001b') },
    ]);
    expect(only(replay(name), 'done')).toMatchObject([{ success: false, stats: { stop_reason: 'error' } }]);
  });

  test.each(['slow-sigint', 'slow-sigterm'])('[I5] %s is an interrupt and no error', (name) => {
    expect(outline(replay(name)).at(-1)).toBe('done false interrupted');
    expect(only(replay(name), 'error')).toEqual([]);
  });
});
