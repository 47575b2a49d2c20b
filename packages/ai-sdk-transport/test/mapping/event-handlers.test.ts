import { type ServerData, type ServerEvent, type ServerKind, serverEvents } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import { eventHandlers } from '../../src/mapping/event-handlers.ts';
import { chunksOf } from '../read-message.ts';
import { called, noStats, turnOf } from '../turn-script.ts';

type Example<K extends ServerKind> = {
  data: ServerData<K>;
  /** What must be told before. */
  after?: ServerEvent[];
  /** The chunks it gives; none for what is left out on purpose. */
  gives: string[];
};

const permission: ServerEvent = { type: 'permission_request', data: { id: 'p1', tool_name: 'Bash' } };
const question: ServerEvent = { type: 'question_request', data: { id: 'q1', questions: [] } };
const elicitation: ServerEvent = {
  type: 'elicitation_request',
  data: { id: 'e1', mcp_server_name: 'git', message: 'Branch?' },
};
const begun: ServerEvent = {
  type: 'message.start',
  data: { id: 'm1', role: 'assistant', content_type: 'text' },
};
const steering: ServerEvent = {
  type: 'input',
  data: { input_id: 'i1', content: 'left', author: 'ada', delivery: 'steer', status: 'queued' },
};
const asked = ['tool-input-available', 'tool-approval-request', 'data-permission'];
const resolved = { by: 'ada', reason: 'answered' } as const;

/** One event of every kind of the protocol. NOTE: a kind without an example does not compile, and is told below. */
const examples: { [K in ServerKind]: Example<K> } = {
  'message.start': { data: begun.data as ServerData<'message.start'>, gives: ['text-start'] },
  'message.delta': { data: { message_id: 'm1', content: 'a' }, after: [begun], gives: ['text-delta'] },
  'message.end': { data: { message_id: 'm1' }, after: [begun], gives: ['text-end'] },
  message: {
    data: { id: 'm1', role: 'assistant', content: 'a' },
    gives: ['text-start', 'text-delta', 'text-end'],
  },
  'message.retract': { data: { message_ids: ['m1'] }, after: [begun], gives: ['reset-step'] },
  reasoning: { data: { id: 'r1', content: 'a' }, gives: ['reasoning-start', 'reasoning-delta'] },
  tool_call: { data: { id: 't1', name: 'Bash', input: {} }, gives: ['tool-input-available'] },
  tool_update: {
    data: { id: 't1', output_delta: 'a' },
    after: [called('t1')],
    gives: ['tool-output-available'],
  },
  tool_result: { data: { id: 't1', output: 'a' }, after: [called('t1')], gives: ['tool-output-available'] },
  step: { data: { id: 's1', step_type: 'agent' }, gives: ['data-step'] },
  plan: { data: { entries: [] }, gives: ['data-plan'] },
  raw: { data: { kind: 'odd', raw: 1 }, gives: ['data-raw'] },
  context_usage: { data: { total_tokens: 1, max_tokens: 2, percentage: 50 }, gives: ['data-context'] },
  skills_list: { data: { skills: [], total: 0 }, gives: ['data-skills'] },
  mcp_status: { data: { servers: [] }, gives: ['data-mcp'] },
  'session.title': { data: { title: 'T' }, gives: ['data-title'] },
  'worker.notice': { data: { kind: 'retry', message: 'again' }, gives: ['data-notice'] },
  permission_request: { data: permission.data as ServerData<'permission_request'>, gives: asked },
  'permission.resolved': {
    data: { id: 'p1', allowed: false, ...resolved },
    after: [permission],
    gives: ['tool-approval-response', 'tool-output-denied', 'data-permission'],
  },
  question_request: { data: question.data as ServerData<'question_request'>, gives: ['data-question'] },
  'question.resolved': {
    data: { id: 'q1', answers: {}, ...resolved },
    after: [question],
    gives: ['data-question'],
  },
  elicitation_request: {
    data: elicitation.data as ServerData<'elicitation_request'>,
    gives: ['data-elicitation'],
  },
  'elicitation.resolved': {
    data: { id: 'e1', action: 'accept', ...resolved },
    after: [elicitation],
    gives: ['data-elicitation'],
  },
  error: { data: { code: 'WORKER_CRASH', message: 'gone' }, gives: ['data-error'] },
  state: { data: { state: 'running', message: 'context_lost' }, gives: ['data-state', 'data-notice'] },
  input: { data: steering.data as ServerData<'input'>, gives: [] },
  'input.status': {
    data: { input_id: 'i1', status: 'delivered', turn_id: 'turn_1' },
    after: [steering],
    gives: ['steering-message'],
  },
  done: { data: { success: true, stats: noStats }, gives: ['finish-step', 'finish'] },
  init_ack: { data: {} as ServerData<'init_ack'>, gives: [] },
  'input.receipt': { data: { input_id: 'i1', status: 'queued', duplicate: true }, gives: [] },
  pong: { data: { state: 'idle' }, gives: [] },
  control: { data: { action: 'throttle' } as ServerData<'control'>, gives: [] },
  resync: { data: { reason: 'trimmed', first_seq: 1, last_seq: 2, epoch: 'e' }, gives: [] },
  'session.forked': { data: { from: 's', work_dir: '/w' }, gives: [] },
  'session.rewound': { data: { turn_id: 't', turns: 1 }, gives: [] },
  presence: { data: { participants: [] }, gives: [] },
  'session.opened': { data: { session_id: 't', from: 's', work_dir: '/w' }, gives: [] },
};

describe('every kind of the protocol', () => {
  const kinds = Object.keys(serverEvents) as ServerKind[];

  test('[F7] has a handler or is left out on purpose, and an example here', () => {
    expect(Object.keys(eventHandlers).sort()).toEqual([...kinds].sort());
    expect(Object.keys(examples).sort()).toEqual([...kinds].sort());
  });

  test.each(kinds)('[E1] %s', async (kind) => {
    const { data, after = [], gives } = examples[kind];
    const before = turnOf(after);
    const chunks = await chunksOf([...before, ...turnOf([{ type: kind, data } as ServerEvent]).slice(1)]);
    const own = chunks.slice((await chunksOf(before)).length);
    expect(own.map(({ type }) => type)).toEqual(gives);
    if (eventHandlers[kind] === 'not shown') expect(gives).toEqual([]);
  });
});
