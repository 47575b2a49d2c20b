import { describe, expect, test } from 'vitest';
import { only, outline, texts } from '../claude-code/replay.ts';
import { replay } from './replay.ts';

/** The events of the one session of a recording. */
function told(name: string) {
  const [session] = replay(name);
  return session?.events ?? [];
}

describe('a turn', () => {
  test('[E2] text streams in pieces', () => {
    const events = told('text');
    expect(only(events, 'message.delta').map(({ content }) => content)).toEqual([
      ...['Hello ', 'from ', 'the ', 'fake ', 'model.'],
    ]);
    expect(only(events, 'done')[0]).toMatchObject({
      success: true,
      stats: { stop_reason: 'end_turn', input_tokens: 120, output_tokens: 20, model: 'fake/fake-1' },
    });
  });

  test('[E2] the global stream, which says much twice, is told once', () => {
    expect(texts(told('text-global-event'))).toEqual(['Hello from the fake model.']);
  });

  test('[E1] reasoning is told apart from text', () => {
    const events = told('reasoning');
    expect(
      only(events, 'reasoning')
        .map(({ content }) => content)
        .join(''),
    ).toBe('Let me think about it.');
    expect(texts(events)).toEqual(['Answer is 42.']);
  });

  test('[E1] a tool is called, reports and ends', () => {
    const lines = outline(told('bash'));
    expect(lines.slice(0, 2)).toEqual(['session.title', 'call bash (execute): echo hi-from-bash']);
    expect(lines.slice(-3)).toEqual([
      'result',
      'text The command printed hi-from-bash.',
      'done true end_turn',
    ]);
    const [result] = only(told('bash'), 'tool_result');
    expect(result).toMatchObject({ output: 'hi-from-bash\n', metadata: { exit: 0 } });
  });

  test('[E1] an edit carries its place and its difference', () => {
    const edit = only(told('edit'), 'tool_call').at(-1);
    expect(edit).toMatchObject({
      kind: 'edit',
      title: 'Edit README.md',
      locations: [{ path: '/workspace/README.md' }],
      diff: [{ path: '/workspace/README.md', old_text: 'hello', new_text: 'goodbye' }],
    });
  });

  test('[E1] the list of things to do is told whole', () => {
    expect(only(told('todo'), 'plan')).toEqual([
      {
        entries: [
          { content: 'first', status: 'in_progress', priority: 'high' },
          { content: 'second', status: 'pending', priority: 'low' },
        ],
      },
    ]);
  });

  test('[E1] what a sub-agent says belongs to the call that started it', () => {
    const events = told('subagent');
    const call = only(events, 'tool_call').find(({ name }) => name === 'task');
    expect(call).toMatchObject({ kind: 'agent', title: 'sub job' });
    expect(texts(events)).toEqual(['> Hello from the fake model.', 'Subagent finished.']);
    expect(only(events, 'message.start')[0]?.parent_id).toBe(call?.id);
    expect(only(events, 'step')).toMatchObject([
      { step_type: 'subagent', status: 'running', parent_id: call?.id, input: { subagent_type: 'general' } },
      { step_type: 'subagent', status: 'completed', parent_id: call?.id },
    ]);
    expect(only(events, 'done')).toHaveLength(1);
    // Its own request to the model counts too.
    expect(only(events, 'done')[0]?.stats).toMatchObject({ input_tokens: 380, output_tokens: 60 });
  });

  test('[E1] a summary is a notice, and not the agent’s words', () => {
    expect(outline(told('summarize')).slice(-4)).toEqual([
      'done true end_turn',
      'notice compaction',
      'notice compaction',
      'done true end_turn',
    ]);
    expect(texts(told('summarize'))).toEqual(['Hello from the fake model.']);
  });

  test('[I3] a prompt sent into a turn is taken up by it, and one done ends both', () => {
    const events = told('busy-second-prompt');
    const [taken] = only(events, 'input.taken');
    expect(only(events, 'done').map(({ input_ids }) => input_ids?.length)).toEqual([2]);
    expect(only(events, 'done')[0]?.input_ids).toContain(taken?.input_id);
  });
});

describe('interactions', () => {
  test('[E4] what is asked, and what may be answered', () => {
    const [request] = only(told('permission-once'), 'permission_request');
    expect(request).toMatchObject({
      tool_name: 'bash',
      description: 'echo hi-from-bash',
      args: ['echo hi-from-bash'],
      options: [{ kind: 'allow_once' }, { kind: 'allow_always' }, { kind: 'reject_once' }],
    });
    const calls = only(told('permission-once'), 'tool_call').map(({ id }) => id);
    expect(calls).toContain(request?.tool_call_id);
  });

  test.each(['permission-reject', 'permission-reject-nomsg'])('[E4] %s: the result says denied', (name) => {
    expect(only(told(name), 'tool_result').map(({ denied }) => denied)).toEqual([true]);
    expect(only(told(name), 'done')).toMatchObject([{ success: true }]);
  });

  test('[E4] questions come with their choices', () => {
    expect(only(told('question'), 'question_request')[0]?.questions).toEqual([
      {
        question: 'Which color?',
        header: 'Color',
        options: [
          { label: 'Red', description: 'warm' },
          { label: 'Blue', description: 'cold' },
        ],
      },
    ]);
  });

  test('[E4] an abort withdraws what was asked', () => {
    const lines = outline(told('permission-abort'));
    expect(lines.slice(-2)).toEqual(['interaction.withdrawn', 'done false interrupted']);
  });
});

describe('the end of a turn', () => {
  test.each(['abort-stream', 'abort-tool', 'error-e500-abort', 'error-drop-abort'])(
    '[I5] %s: interrupted, without an error, however often the server says idle',
    (name) => {
      const events = told(name);
      expect(only(events, 'done')[0]).toMatchObject({
        success: false,
        stats: { stop_reason: 'interrupted' },
      });
      expect(only(events, 'error')).toEqual([]);
      if (name === 'abort-stream')
        expect(texts(events)).toEqual(['one two three ', 'Hello from the fake model.']);
    },
  );

  test.each([
    ['error-e400', 'INTERNAL_ERROR', /bad request/],
    ['error-e401', 'UNAUTHORIZED', /opencode auth login/],
    ['error-e429', 'RATE_LIMITED', /rate limited/],
    ['error-bad-model', 'CONFIG_INVALID', /fake\/nope/],
    ['error-overflow', 'INTERNAL_ERROR', /too long|too large/],
  ])('[S2] %s is %s, once', (name, code, message) => {
    const events = told(name);
    expect(only(events, 'error')).toMatchObject([{ code, message: expect.stringMatching(message) }]);
    expect(only(events, 'done')).toMatchObject([{ success: false, stats: { stop_reason: 'error' } }]);
  });

  test('[E1] each retry is told', () => {
    const retries = only(told('error-e429'), 'worker.notice');
    expect(retries.map(({ details }) => details?.attempt)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(retries.map(({ kind }) => kind))).toEqual(new Set(['retry']));
  });

  test('[S2] sessions of two folders on one stream do not mix', () => {
    const sessions = replay('two-dirs');
    expect(sessions).toHaveLength(2);
    for (const { events } of sessions) {
      const turn = ['Running a command. ', 'The command printed hi-from-bash.'];
      const turns = only(events, 'done').length;
      expect(texts(events)).toEqual(Array.from({ length: turns }, () => turn).flat());
    }
    const calls = sessions.map(({ events }) => only(events, 'tool_call').map(({ id }) => id));
    expect(new Set(calls.flat()).size).toBe(3);
  });
});
