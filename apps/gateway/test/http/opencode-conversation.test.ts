import { protocolVersion, type ServerEnvelope, type ServerEvent } from '@hotplex/aep-protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Conversation } from '../../src/http/opencode/conversation.ts';
import type { OpenCodeEvent } from '../../src/http/opencode/message.ts';
import { fromRequestId, toLogId, toRequestId } from '../../src/http/opencode/opencode-ids.ts';
import { noTotals } from '../../src/session/turn-totals.ts';

const id = '6d18643a-2042-5c52-aeea-ef1979999698';
const origin = {
  ...{ id, title: 'A title', workDir: '/work', workerType: 'demo', totals: noTotals },
  ...{ createdAt: 1_000, updatedAt: 2_000 },
};
const done: ServerEvent = { type: 'done', data: { success: true } };
const asked = (input_id: string): ServerEvent => ({
  type: 'input',
  data: { input_id, content: `prompt ${input_id}`, author: 'ann', delivery: 'queue', status: 'queued' },
});
const delivered = (input_id: string): ServerEvent => ({
  type: 'input.status',
  data: { input_id, status: 'delivered', turn_id: 'turn-1' },
});
const delta = (content: string, message_id = 'm', parent?: string): ServerEvent => ({
  type: 'message.delta',
  data: { message_id, content, ...(parent === undefined ? {} : { parent_id: parent }) },
});

/** What a log tells; events are of the one turn, unless they are of prompts. */
function tell(...events: (ServerEvent | [ServerEvent, turnId: string | undefined])[]) {
  const conversation = new Conversation();
  const told = events.flatMap((entry, index): OpenCodeEvent[] => {
    const [event, turnId] = Array.isArray(entry) ? entry : [entry, 'turn-1'];
    const isOfTurn = turnId !== undefined && !event.type.startsWith('input');
    const envelope: ServerEnvelope = {
      ...{ version: protocolVersion, id: `evt_${index}`, seq: index + 1, session_id: id, event },
      ...{ timestamp: 1_700_000_000_000 + index, ...(isOfTurn ? { turn_id: turnId } : {}) },
    };
    return conversation.take(envelope, origin);
  });
  const messages = [...conversation.messages.values()];
  return { told, types: told.map(({ type }) => type), messages, parts: messages.at(-1)?.parts };
}

test('a prompt and its answer are two messages, the second of which names the first', () => {
  const { messages } = tell(asked('a'), delivered('a'), delta('Good '), delta('day'), done);
  expect(messages).toMatchObject([
    { info: { role: 'user' }, parts: [{ type: 'text', text: 'prompt a' }] },
    { info: { role: 'assistant', finish: 'stop' }, parts: [{ type: 'text', text: 'Good day' }] },
  ]);
  expect(messages[1]?.info).toMatchObject({ parentID: messages[0]?.info.id });
});

test('a prompt that is taken back before it runs is no message', () => {
  const { types, messages } = tell(asked('a'), [
    { type: 'input.status', data: { input_id: 'a', status: 'cancelled' } },
    undefined,
  ]);
  expect(types.at(-1)).toBe('message.removed');
  expect(messages).toEqual([]);
});

test('a prompt whose text is changed while it waits stands there with its new text', () => {
  const { messages } = tell(asked('a'), {
    type: 'input.status',
    data: { input_id: 'a', status: 'queued', content: 'another' },
  });
  expect(messages).toMatchObject([{ parts: [{ text: 'another' }] }]);
});

test('what the agent takes back goes, and what sub-agents say does not come', () => {
  const retract: ServerEvent = { type: 'message.retract', data: { message_ids: ['wrong'] } };
  const { types, parts } = tell(
    delta('No', 'wrong'),
    delta('aside', 's', 'task'),
    retract,
    delta('Yes'),
    done,
  );
  expect(types).toContain('message.part.removed');
  expect(parts).toMatchObject([{ text: 'Yes' }]);
});

test('a tool shows what it has said so far, then its end; one that the turn cuts off is an error', () => {
  const call = (name: string): ServerEvent => ({
    type: 'tool_call',
    data: { id: name, name, input: { command: 'ls' }, title: 'List' },
  });
  const { told, parts } = tell(
    ...[call('Bash'), call('Glob')],
    { type: 'tool_update', data: { id: 'Bash', output_delta: 'a' } },
    { type: 'tool_update', data: { id: 'Bash', output_delta: 'b' } },
    { type: 'tool_result', data: { id: 'Bash', output: 'ab' } },
    done,
  );
  const states = told.flatMap(({ properties }) => {
    const { part } = properties as { part?: { callID?: string; state?: { metadata?: object } } };
    return part?.callID === 'Bash' ? [part.state?.metadata] : [];
  });
  expect(states).toEqual([{}, { output: 'a' }, { output: 'ab' }, { output: 'ab' }]);
  expect(parts).toMatchObject([
    { tool: 'bash', state: { status: 'completed', output: 'ab', title: 'List', input: { command: 'ls' } } },
    { tool: 'Glob', state: { status: 'error', error: 'The turn ended before this tool did.' } },
  ]);
});

test('a turn that fails says why, and one that is stopped says that', () => {
  const error: ServerEvent = { type: 'error', data: { code: 'WORKER_CRASH', message: 'It broke off' } };
  const failed = tell(error, { type: 'done', data: { success: false } });
  expect(failed.messages).toMatchObject([
    { info: { error: { name: 'UnknownError', data: { message: 'It broke off' } } } },
  ]);
  expect(failed.types).toContain('session.error');
  const stopped = tell(delta('…'), [{ type: 'state', data: { state: 'terminated' } }, undefined]);
  expect(stopped.messages).toMatchObject([{ info: { error: { name: 'MessageAbortedError' } } }]);
  expect(stopped.types.slice(-3)).toEqual(['session.status', 'session.idle', 'session.updated']);
});

test('an error without a turn, and a prompt that is never run, are told of the session', () => {
  const error: ServerEvent = { type: 'error', data: { code: 'WORKER_START_FAILED', message: 'No agent' } };
  const reason = 'the agent could not be started';
  const status: ServerEvent = { type: 'input.status', data: { input_id: 'a', status: 'failed', reason } };
  const { told, messages } = tell(asked('a'), [error, undefined], status);
  expect(
    told.filter(({ type }) => type === 'session.error').map(({ properties }) => properties.error),
  ).toEqual([
    { name: 'UnknownError', data: { message: 'No agent' } },
    { name: 'UnknownError', data: { message: reason } },
  ]);
  expect(messages).toHaveLength(1);
});

test('a late word of a turn begins no second message', () => {
  const late: ServerEvent = { type: 'worker.notice', data: { kind: 'info', message: 'by the way' } };
  expect(tell(delta('Yes'), done, late).messages).toHaveLength(1);
});

test('ids sort like the log, also among those that clients of OpenCode make', () => {
  const place = fc.record({
    timestamp: fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
    // Of ten digits, with what is added to it below.
    seq: fc.integer({ min: 1, max: 9_999_999_990 }),
  });
  const after = (a: { timestamp: number; seq: number }, b: typeof a) =>
    a.timestamp - b.timestamp || a.seq - b.seq;
  // Within the 2 ** 36 milliseconds, two years, that 48 bits tell apart.
  const near = fc.tuple(place, fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(near, ([a, later, more]) => {
      fc.pre(BigInt(a.timestamp) % 2n ** 36n < 2n ** 36n - 1_000n);
      const b = { timestamp: a.timestamp + later, seq: a.seq + more };
      return toLogId('msg', a) < toLogId('msg', b) === after(a, b) < 0;
    }),
  );
  // As OpenCode 1.18.33 made it in this millisecond, and one that it will make in the next.
  const ours = toLogId('msg', { timestamp: 1_795_743_468_607, seq: 1 });
  expect(ours < 'msg_21aa6cc40001PymmvFQlq7agoi').toBe(true);
  expect(ours.slice(0, 13)).toBe('msg_21aa6cc3f001PymmvFQlq7agoi'.slice(0, 13));
});

test('a request is found again by its id, and what is no such id is refused', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (request) => {
      const place = { sessionId: id, id: request };
      expect(fromRequestId('permission', toRequestId('permission', place))).toEqual(place);
    }),
  );
  for (const text of ['', 'per_', `per_${id}`, toRequestId('question', { sessionId: id, id: 'x' })])
    expect(() => fromRequestId('permission', text)).toThrow('is no permission request');
});
