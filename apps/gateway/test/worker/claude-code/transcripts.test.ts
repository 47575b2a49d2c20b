import { describe, expect, test } from 'vitest';
import { only, outline, replay, texts } from './replay.ts';

const told = (name: string) => outline(replay(name).events);

describe('turns', () => {
  test('[E1] thinking keeps one id per block', () => {
    const { events } = replay('initialize-and-multi-turn');
    const thoughts = only(events, 'reasoning');
    expect(new Set(thoughts.map(({ id }) => id)).size).toBe(1);
    expect(thoughts.map(({ content }) => content).join('')).toBe(
      'The user wants a greeting. I will think about it briefly.',
    );
  });

  test('[E2] an answer that was not streamed is one message', () => {
    expect(told('no-partial')).toEqual([
      'worker.session',
      'message A considered answer.',
      'done true end_turn',
    ]);
  });

  test('[E2] what a broken stream said is taken back', () => {
    expect(told('error-in-sse').slice(1, 5)).toEqual([
      'text An overloaded error event follows.',
      'retract 1',
      'message An overloaded error event follows.',
      'done true end_turn',
    ]);
  });

  test('[E1] tools: calls with their look, results, plan', () => {
    expect(told('tools-preallowed').filter((line) => !/^(text|done)/.test(line))).toEqual([
      'worker.session',
      'call Bash (execute): echo hello-from-bash && ls',
      'result',
      'call Read (read): Read notes.txt',
      'result',
      'call Write (edit): Write out.txt',
      'result',
      'call Read (read): Read notes.txt',
      'result',
      'call Edit (edit): Edit notes.txt',
      'result',
      'call Bash (execute): ls /nonexistent-dir',
      'result failed',
      'call Bash (execute): echo one',
      'call Bash (execute): echo two',
      'result',
      'result',
      'call NoSuchTool (other): NoSuchTool',
      'result failed',
      'call TaskCreate (think): Note: First thing',
      'result',
      'plan First thing pending',
    ]);
  });

  test('[E1] results carry the structured form without repeating whole files', () => {
    const results = only(replay('tools-preallowed').events, 'tool_result');
    expect(results[0]).toMatchObject({
      output: 'hello-from-bash\nnotes.txt',
      metadata: { stdout: 'hello-from-bash\nnotes.txt', interrupted: false },
    });
    expect(results[4]?.metadata).toMatchObject({ structuredPatch: [{ oldStart: 1 }] });
  });

  test('[E1] a background command: its step ends between the turns, then the agent speaks up', () => {
    expect(told('background-bash')).toEqual([
      'worker.session',
      'call Bash (execute): sleep 3; echo background-done',
      'background 1',
      'step background running',
      'result',
      'text Started in the background.',
      'done true end_turn',
      'step background completed',
      'background 0',
      'turn.started',
      'text Saw the notification.',
      'done true end_turn',
    ]);
  });

  test('[E1] a long command in the foreground is no step', () => {
    expect(told('steer-during-tools')).toEqual([
      'worker.session',
      'call Bash (execute): sleep 20; echo slept',
      'result',
      'input.taken',
      'text Slept.',
      'done true end_turn',
    ]);
  });

  test('[E1] a sub-agent speaks under its call', () => {
    const { events } = replay('subagent');
    expect(texts(events)).toEqual([
      'Subagent returned.',
      '> I am the subagent and this is my report.',
      'Subagent returned.',
    ]);
    expect(only(events, 'step')).toMatchObject([
      { step_type: 'subagent', name: 'Sub task', status: 'running', parent_id: 'toolu_fake0001_0' },
      {
        step_type: 'subagent',
        name: 'Sub task',
        status: 'completed',
        duration: 266,
        parent_id: 'toolu_fake0001_0',
      },
    ]);
  });

  test('[S5] clear brings a new id to resume by', () => {
    const { events } = replay('slash-commands');
    expect(only(events, 'worker.session').map(({ id }) => id)).toEqual([
      '530f3eb1-c7a9-4aaa-8e35-4112d610f2bf',
      '01c4e29d-b5ff-4a2d-9230-4681386beb15',
    ]);
    expect(only(events, 'worker.notice').map(({ kind }) => kind)).toEqual([
      'compaction',
      'compaction',
      'info',
    ]);
  });
});

describe('inputs', () => {
  test('[I3] prompts that waited run as one turn, which names them all', () => {
    const { events } = replay('queue-while-busy');
    const late = only(events, 'turn.started')[0]?.input_ids;
    expect(late).toHaveLength(2);
    expect(only(events, 'done').map(({ input_ids }) => input_ids?.length)).toEqual([1, 2]);
    expect(only(events, 'done')[1]?.input_ids).toEqual(late);
  });

  test('[I3] a prompt folded into the running turn is told as taken', () => {
    const { events } = replay('steer-during-tools');
    expect(only(events, 'input.taken')).toEqual([{ input_id: 'a5d8503d-9220-435f-8fc9-9c677da0fa80' }]);
    expect(only(events, 'done')[0]?.input_ids).toEqual([
      '8ef57544-4143-493c-a933-a24eb529b213',
      'a5d8503d-9220-435f-8fc9-9c677da0fa80',
    ]);
  });

  test('[I5] an interrupted turn has no error, and what waited runs next', () => {
    expect(told('queue-then-interrupt').filter((line) => !line.startsWith('text'))).toEqual([
      'worker.session',
      'done false interrupted',
      'turn.started',
      'done true end_turn',
      'done false interrupted',
    ]);
  });

  test('[I5] an interrupt during a retry ends the turn', () => {
    expect(told('abort-during-retry')).toContain('done false interrupted');
    expect(told('abort-during-retry').join()).not.toContain('error');
  });
});

describe('interactions', () => {
  test('[E4] what is asked, and what may be answered', () => {
    const { events } = replay('permission-allow');
    expect(only(events, 'permission_request')).toMatchObject([
      {
        tool_name: 'Bash',
        description: 'Create a file',
        args: ['{"command":"touch created-by-bash.txt","description":"Create a file"}'],
        options: [{ kind: 'allow_once' }, { kind: 'allow_always' }, { kind: 'reject_once' }],
        tool_call_id: 'toolu_fake0001_1',
      },
    ]);
  });

  test('[E4] only what was refused is marked as denied', () => {
    const denied = (name: string) => only(replay(name).events, 'tool_result').map((result) => result.denied);
    expect(denied('permission-deny')).toEqual([true]);
    expect(denied('permission-allow')).toEqual([undefined]);
    expect(denied('no-permission-prompt-tool')).toEqual([true]);
    expect(denied('interrupt-in-tool')).toEqual([undefined]);
  });

  test('[E4] questions come with their choices', () => {
    const [request] = only(replay('ask-user-question-multi').events, 'question_request');
    expect(request?.questions).toEqual([
      {
        question: 'Which fruits?',
        header: 'Fruits',
        multi_select: true,
        options: [
          { label: 'Apple', description: 'a' },
          { label: 'Pear', description: 'p' },
          { label: 'Plum', description: 'u' },
        ],
      },
      {
        question: 'Which size?',
        header: 'Size',
        multi_select: false,
        options: [
          { label: 'S', description: 's' },
          { label: 'L', description: 'l' },
        ],
      },
    ]);
  });

  test('[E4] a plan is asked about with its text, which stands only in the call', () => {
    const [request] = only(replay('exit-plan-mode').events, 'permission_request');
    expect(request).toMatchObject({
      tool_name: 'ExitPlanMode',
      description: '1. Do the thing\n2. Check it',
      input_raw: { plan: '1. Do the thing\n2. Check it' },
    });
  });

  test('[E4] an interrupt withdraws what was asked', () => {
    expect(told('permission-interrupted-while-pending').slice(2, 7)).toEqual([
      'call Bash (execute): touch created-by-bash.txt',
      'ask allow_once allow_session deny',
      'interaction.withdrawn',
      'result failed',
      'done false interrupted',
    ]);
  });
});
