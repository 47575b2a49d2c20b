import { describe, expect, test } from 'vitest';
import { beginTurn } from '../../../src/worker/pi/conversation.ts';
import { decodeRecord } from '../../../src/worker/pi/messages.ts';
import { translate } from '../../../src/worker/pi/translate.ts';
import { ofType } from '../../contracts/of-type.ts';
import { outline } from './outline.ts';
import { newConversation, replay } from './replay.ts';

const told = (name: string) => outline(replay(name).events);

/** A conversation in a running turn, and a way to let Pi say something at a time. */
function inTurn() {
  const conversation = newConversation();
  beginTurn(conversation, { inputIds: ['i1'], at: 0 });
  const sayAt = (at: number, ...records: object[]) =>
    records.flatMap((record) => translate(conversation, decodeRecord(JSON.stringify(record)), at));
  sayAt(0, { type: 'agent_start' }, user('Hello'));
  return { conversation, sayAt, say: (...records: object[]) => sayAt(0, ...records) };
}

const user = (content: string) => ({ type: 'message_start', message: { role: 'user', content } });
const assistant = (more: object = {}) => ({ role: 'assistant', content: [], ...more });
const start = { type: 'message_start', message: assistant() };
const end = (more: object = {}) => ({ type: 'message_end', message: assistant(more) });
const change = (assistantMessageEvent: object) => ({ type: 'message_update', assistantMessageEvent });
const words = (delta: string, contentIndex = 0) => change({ type: 'text_delta', contentIndex, delta });
const settled = { type: 'agent_settled', aborted: false };
const call = (toolCallId: string, toolName: string, args: object = {}) => ({
  type: 'tool_execution_start',
  ...{ toolCallId, toolName, args },
});

describe('recordings', () => {
  test('[E1] tools: calls with their look, output as it comes, results', () => {
    expect(told('tools').filter((line) => !/^(text|done)/.test(line))).toEqual([
      'call bash (execute): echo hello-from-bash && ls',
      'update "hello-from-bash\\n"',
      'update "notes.txt\\n"',
      'result',
      'call bash (execute): ls /nonexistent-dir',
      `update "ls: cannot access '/nonexistent-dir': No such file or directory\\n"`,
      'result failed',
      'call read (read): Read notes.txt',
      'result',
      'call write (edit): Write out.txt',
      'result',
      'call edit (edit): Edit notes.txt',
      'result',
      'call NoSuchTool (other): NoSuchTool',
      'result failed',
    ]);
  });

  test('[E1] results carry what the tool says beside its text', () => {
    const results = ofType(replay('tools').events, 'tool_result').map(({ data }) => data);
    expect(results[0]).toMatchObject({ output: 'hello-from-bash\nnotes.txt\n', metadata: { exit_code: 0 } });
    expect(results[0]?.metadata).not.toHaveProperty('output');
    expect(results[4]?.metadata).toMatchObject({ firstChangedLine: 2 });
  });

  test('[I3] steered prompts are told as the agent reads them', () => {
    expect(told('steer-and-follow-up').filter((line) => /^(taken|done)/.test(line))).toEqual([
      'taken c3',
      'taken c5',
      'taken c4',
      'taken c6',
      'done true end_turn',
    ]);
    const { events } = replay('steer-and-follow-up');
    expect(ofType(events, 'done')[0]?.data.input_ids).toEqual(['c1', 'c3', 'c5', 'c4', 'c6']);
  });

  test('[I5] an abort in text, in a tool or in a question ends the turn without an error', () => {
    expect(told('abort-mid-stream').slice(1, 2)).toEqual(['done false interrupted']);
    expect(told('abort-in-tool').slice(3, 5)).toEqual(['result failed', 'done false interrupted']);
    expect(told('permission-gate-abort-with-signal').slice(2, 6)).toEqual([
      'ask allow_once allow_session deny',
      'interaction.withdrawn',
      'result failed',
      'done false interrupted',
    ]);
  });

  test('[E4] only what was refused is marked as denied', () => {
    expect(told('permission-gate-allow')).toContain('result');
    expect(told('permission-gate-allow')).not.toContain('interaction.withdrawn');
    expect(told('permission-gate-deny').filter((line) => line.startsWith('result'))).toEqual([
      'result denied',
      'result denied',
    ]);
  });

  test('[E2] what is said anew is taken back first; what failed for good stays', () => {
    expect(told('error-in-sse').slice(0, 8)).toEqual([
      'text An overloaded error event follows.',
      'retract 1',
      'notice retry',
      'text An overloaded error event follows.',
      'retract 1',
      'notice retry',
      'text An overloaded error event follows.',
      'error INTERNAL_ERROR',
    ]);
  });

  test.each([
    ['error-401', 'UNAUTHORIZED', { status: 401, reason: 'authentication_error' }],
    ['error-529-exhausted', 'INTERNAL_ERROR', { status: 529, reason: 'overloaded_error' }],
    ['error-400', 'INTERNAL_ERROR', { status: 400 }],
    ['error-stream-cut', 'INTERNAL_ERROR', { status: null }],
    ['error-connection-refused', 'INTERNAL_ERROR', { status: null }],
    ['error-no-model', 'WORKER_START_FAILED', undefined],
  ])('[S2] %s becomes %s', (name, code, details) => {
    const [error] = ofType(replay(name).events, 'error');
    expect(error?.data.code).toBe(code);
    if (details) expect(error?.data.details).toMatchObject(details);
  });

  test('[E1] each retry is told', () => {
    expect(ofType(replay('error-429-recovers').events, 'worker.notice')[0]?.data).toEqual({
      kind: 'retry',
      message: 'The model API answered 429; trying again in 0.2 s (1 of 3).',
      details: {
        ...{ attempt: 1, max_retries: 3, retry_delay_ms: 200 },
        ...{ status: 429, error: 'rate_limit_error' },
      },
    });
  });

  test('[E1] thinking keeps one id per block', () => {
    const thoughts = ofType(replay('multi-turn').events, 'reasoning').map(({ data }) => data);
    expect(new Set(thoughts.map(({ id }) => id)).size).toBe(1);
    expect(thoughts.map(({ content }) => content).join('')).toBe(
      'The user wants a greeting. I will think about it briefly.',
    );
  });

  test('[E4] dialogs of other extensions become questions', () => {
    expect(told('extension-ui-all').slice(0, 5)).toEqual([
      'question Clear?\nReally clear?',
      'question Name?',
      'question Edit',
      'question Timed\nauto resolves',
      'notice info',
    ]);
  });
});

describe('strangers', () => {
  test.each([
    ['not json', 'pi.text'],
    ['null', 'pi.unknown'],
    ['"text"', 'pi.unknown'],
    ['{"type":"something_new","n":1}', 'pi.something_new'],
    ['{"type":"tool_execution_start"}', 'pi.tool_execution_start'],
  ])('[E1] %s is passed on as %s', (line, kind) => {
    expect(translate(newConversation(), decodeRecord(line), 0)).toMatchObject([
      { type: 'raw', data: { kind } },
    ]);
  });

  test('[E1] an unknown block does not hide its neighbours', () => {
    const { say } = inTurn();
    const content = [
      { type: 'video', x: 1 },
      { type: 'text', text: 'Here.' },
    ];
    expect(outline(say(start, end({ content })))).toEqual(['message Here.']);
  });

  test('[E2] a result of a call that nobody saw is not called a result', () => {
    const { say } = inTurn();
    const ghost = { type: 'tool_execution_end', toolCallId: 'ghost', toolName: 'x', result: {} };
    expect(outline(say(ghost))).toEqual(['raw']);
  });
});

describe('turns', () => {
  test('[I5] work that nobody asked for is a turn too', () => {
    const conversation = newConversation();
    const events = translate(conversation, decodeRecord('{"type":"agent_start"}'), 0);
    expect(outline(events)).toEqual(['started']);
  });

  test('[S5] the id of the conversation is told with its first turn, once', () => {
    const { conversation, say } = inTurn();
    conversation.sessionId = 's';
    expect(say({ type: 'agent_start' })).toEqual([{ type: 'worker.session', data: { id: 's' } }]);
    expect(say({ type: 'agent_start' })).toEqual([]);
  });

  test('[E2] the end of a turn ends its text and fails the calls without a result', () => {
    const { say } = inTurn();
    expect(outline(say(start, words('Cut'), call('t', 'bash', { command: 'x' }), settled))).toEqual([
      'call bash (execute): x',
      'text Cut',
      'update failed',
      'done true null',
    ]);
  });

  test('[S2] an end that belongs to no turn is none', () => {
    const conversation = newConversation();
    beginTurn(conversation, { inputIds: ['i1'], at: 0 });
    expect(translate(conversation, decodeRecord('{"type":"agent_settled"}'), 0)).toEqual([]);
  });

  test('[I5] a retry that an interrupt ended is no failure', () => {
    const { conversation, say } = inTurn();
    say(start, end({ stopReason: 'error', errorMessage: '529 {}' }));
    if (conversation.turn) conversation.turn.interrupted = true;
    expect(outline(say(settled))).toEqual(['done false interrupted']);
  });

  test('[I5] an interrupt that came too late changes nothing', () => {
    const { conversation, say } = inTurn();
    say(start, end({ stopReason: 'stop' }));
    if (conversation.turn) conversation.turn.interrupted = true;
    expect(outline(say(settled))).toEqual(['done true end_turn']);
  });

  test('[E1] a call made by a tool stands under it', () => {
    const { say } = inTurn();
    const [inner] = ofType(say({ ...call('c/1', 'read'), parentToolCallId: 'c' }), 'tool_call');
    expect(inner?.data.parent_id).toBe('c');
  });
});

describe('figures', () => {
  const usage = { input: 10, output: 5, cacheRead: 100, cacheWrite: 35, cost: { total: 0.25 } };
  const message = (more: object = {}) =>
    end({ provider: 'p', model: 'm', usage, stopReason: 'toolUse', ...more });

  test('[E3] the requests of a turn are summed; times come from the clock', () => {
    const { conversation, sayAt } = inTurn();
    conversation.windows.set('p/m', 1_000);
    sayAt(20, start);
    sayAt(30, words('Hi'), message(), start, message({ stopReason: 'stop' }));
    expect(ofType(sayAt(50.4, settled), 'done')[0]?.data.stats).toEqual({
      ...{ duration_ms: 50, time_to_first_token_ms: 30, tool_calls: 0, model_requests: 2 },
      ...{ input_tokens: 20, output_tokens: 10, cache_read_tokens: 200, cache_write_tokens: 70 },
      ...{ total_tokens: 300, cost_usd: 0.5, model: 'p/m', context_used_percent: 15 },
      stop_reason: 'end_turn',
    });
  });

  test('[E3] what is not said is null, and so is every sum with it', () => {
    const { say } = inTurn();
    say(start, message(), start, message({ usage: { input: 1 } }));
    expect(ofType(say(settled), 'done')[0]?.data.stats).toMatchObject({
      ...{ input_tokens: 11, output_tokens: null, total_tokens: null, cost_usd: null },
      ...{ context_used_percent: null, time_to_first_token_ms: null },
    });
  });

  test('[E3] a compaction costs the turn in which it happens', () => {
    const { say } = inTurn();
    say(start, message(), {
      type: 'compaction_end',
      reason: 'threshold',
      result: { tokensBefore: 9, usage },
    });
    expect(ofType(say(settled), 'done')[0]?.data.stats).toMatchObject({ cost_usd: 0.5 });
  });
});
