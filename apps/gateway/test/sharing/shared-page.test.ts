import { decodeServerFrame, type LoggedEvent } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import type { LeftOut } from '../../src/ground/share-link.ts';
import { delta, done, readAsGuest as read, secret } from './support/read-as-guest.ts';

test('a secret is found although it came in pieces', async () => {
  const { text, events } = await read([
    delta(`it is ${secret.slice(0, 9)}`),
    { type: 'reasoning', data: { id: 'r', content: secret.slice(0, 12) } },
    { type: 'tool_call', data: { id: 't', name: 'sh', input: {} } },
    { type: 'tool_update', data: { id: 't', output_delta: secret.slice(0, 7) } },
    delta(`${secret.slice(9)}.`),
    { type: 'reasoning', data: { id: 'r', content: secret.slice(12) } },
    { type: 'tool_update', data: { id: 't', title: 'sh', output_delta: secret.slice(7) } },
    done,
  ]);
  expect(events[0]).toMatchObject({ data: { content: 'it is [redacted].' } });
  expect(text.match(/\[redacted\]/g)).toHaveLength(3);
  for (let at = 4; at + 8 < secret.length; at += 1) expect(text).not.toContain(secret.slice(at, at + 8));
});

test('one that begins where a text is cut off is not shown by half', async () => {
  const { text } = await read([delta(`${'x'.repeat(209_980)} `), delta(secret + 'y'.repeat(50_000)), done]);
  expect(text.includes(secret.slice(0, 8))).toBe(false);
});

test('who decided, what it cost, files of prompts and what nobody thought of go to no guest', async () => {
  const hidden = 'nobody-may-read-this';
  const { text, events } = await read([
    {
      type: 'input',
      data: {
        ...{ input_id: 'i', content: 'hello', author: hidden, delivery: 'queue', status: 'queued' },
        parts: [{ type: 'file', file_id: 'f', name: hidden }],
      },
    },
    { type: 'permission_request', data: { id: 'p', tool_name: 'Bash', description: hidden } },
    { type: 'permission.resolved', data: { id: 'p', allowed: true, by: hidden, reason: 'answered' } },
    { type: 'elicitation_request', data: { id: 'e', mcp_server_name: hidden, message: hidden } },
    { type: 'raw', data: { kind: 'x', raw: hidden } },
    { type: 'session.forked', data: { from: hidden, work_dir: hidden } },
    { type: 'mcp_status', data: { servers: [{ name: hidden, status: 'ok' }] } },
    { type: 'step', data: { id: 's', step_type: 'task', input: hidden, output: hidden } },
    { type: 'error', data: { code: 'X', message: 'failed', details: { path: hidden } } },
    { type: 'question.resolved', data: { id: 'q', answers: null, by: hidden, reason: 'timeout' } },
    { type: 'unheard.of', data: { words: hidden } } as unknown as LoggedEvent,
    done,
  ]);
  expect(text).not.toContain(hidden);
  expect(events.map(({ type }) => type)).toEqual(['input', 'step', 'error', 'question.resolved', 'done']);
});

test('what the agent took back is not shown', async () => {
  const { text } = await read([
    { type: 'message.start', data: { id: 'm', role: 'assistant', content_type: 'text' } },
    delta('taken back'),
    { type: 'message.end', data: { message_id: 'm' } },
    { type: 'message.retract', data: { message_ids: ['m'] } },
    delta('kept', 'n'),
    done,
  ]);
  expect(text).not.toContain('taken back');
  expect(text).toContain('kept');
});

const worked: LoggedEvent[] = [
  { type: 'tool_call', data: { id: '1', name: 'Bash', kind: 'execute', input: { command: 'make' } } },
  { type: 'tool_update', data: { id: '1', output_delta: 'of the program' } },
  { type: 'tool_result', data: { id: '1', output: 'of the program', error: 'of the program: 2' } },
  {
    type: 'tool_call',
    data: {
      ...{
        id: '2',
        name: 'Edit',
        kind: 'edit',
        input: { file_path: '/srv/app/a.ts', content: 'of the file' },
      },
      diff: [{ path: '/srv/app/a.ts', old_text: null, new_text: 'of the file' }],
    },
  },
  { type: 'tool_update', data: { id: '2', output: 'of the file' } },
  { type: 'tool_result', data: { id: '2', output: 'of the file' } },
  { type: 'tool_call', data: { id: '3', name: 'odd', input: { words: 'of the file' } } },
  { type: 'tool_result', data: { id: '3', output: 'of the file' } },
  { type: 'tool_result', data: { id: 'unheard of', output: 'of the file' } },
  {
    type: 'question_request',
    data: {
      id: 'q',
      questions: [{ question: 'which?', options: [{ label: 'a', preview: 'of the file' }] }],
    },
  },
  done,
];

test.each([
  [[], { program: true, file: true, path: true }],
  [['tool_outputs'], { program: false, file: true, path: true }],
  [['files'], { program: true, file: false, path: true }],
  [['paths'], { program: true, file: true, path: false }],
  [['tool_outputs', 'files', 'paths'], { program: false, file: false, path: false }],
] as [LeftOut[], object][])('with %j left out, the rest is shown', async (leftOut, expected) => {
  const { text, frames } = await read(worked, { leftOut });
  expect({
    program: text.includes('of the program'),
    file: text.includes('of the file'),
    path: text.includes('/srv/app'),
  }).toEqual(expected);
  expect(text).toContain('make');
  expect(text).toContain('a.ts');
  // What is left is the protocol still.
  for (const frame of frames)
    expect(decodeServerFrame(JSON.stringify(frame))).toMatchObject({ outcome: 'event' });
});

test('a turn that runs is shown when it is over', async () => {
  const log = [delta('first'), done, delta('second', 'n')];
  const { events, next } = await read(log, { turn: { firstSeq: 3 } });
  expect({ kinds: events.map(({ type }) => type), next }).toEqual({
    kinds: ['message.delta', 'done'],
    next: null,
  });
});

test('pages have whole turns, and together all of them once', async () => {
  const turn = (index: number) => [
    ...Array.from(
      { length: 300 },
      (_, at): LoggedEvent => ({
        type: 'message',
        data: { id: `${index}.${at}`, role: 'assistant', content: 'x' },
      }),
    ),
    done,
  ];
  const log = [0, 1, 2, 3, 4].flatMap(turn);
  const seqs: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<typeof read>> = await read(log, { after });
    expect(page.events.at(-1)?.type).toBe('done');
    seqs.push(...page.frames.map(({ seq }) => seq));
    after = page.next;
  }
  expect(seqs).toEqual(log.map((_, index) => index + 1));
});

test('what was set aside is not shown, its prompt neither, nor anything of the agent’s own conversation', async () => {
  const input = (id: string): LoggedEvent => ({
    type: 'input',
    data: { input_id: id, content: `prompt ${id}`, author: '', delivery: 'queue', status: 'queued' },
  });
  const delivered = (id: string, turn: string): LoggedEvent => ({
    type: 'input.status',
    data: { input_id: id, status: 'delivered', turn_id: turn },
  });
  const { events, text } = await read([
    ...[input('one'), delivered('one', 'turn_1'), input('two'), delta('answer one', '1')],
    { type: 'done', data: { success: true, point: 'native-conversation#message' } },
    ...[delivered('two', 'turn_2'), delta('answer two', '2'), input('three'), done],
    { type: 'session.rewound', data: { turn_id: 'turn_2', turns: 1 } },
    ...[delivered('three', 'turn_3'), delta('answer three', '3'), done],
  ]);
  expect(text).not.toContain('two');
  expect(text).not.toContain('native-conversation');
  const said = events.map(({ data }) => (data as { content?: string }).content).filter(Boolean);
  expect(said).toEqual(['prompt one', 'answer one', 'prompt three', 'answer three']);
});
