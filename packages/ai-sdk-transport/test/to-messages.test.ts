import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { toMessages } from '../src/to-messages.ts';

let seq = 0;
const envelope = (type: string, data: object, turnId?: string) =>
  ({
    version: 'aep/v1',
    ...{ id: `evt_${++seq}`, seq, session_id: 's', timestamp: seq },
    ...(turnId ? { turn_id: turnId } : {}),
    event: { type, data },
  }) as ServerEnvelope;
const input = (id: string) =>
  envelope('input', { input_id: id, content: id, author: 'ada', delivery: 'queue', status: 'queued' });
const status = (id: string, value: string, turnId?: string) =>
  envelope('input.status', { input_id: id, status: value, ...(turnId ? { turn_id: turnId } : {}) }, turnId);
const turn = (turnId: string, inputId: string, ...meanwhile: ServerEnvelope[]) => [
  status(inputId, 'delivered', turnId),
  envelope('state', { state: 'running' }, turnId),
  ...meanwhile,
  envelope('message', { id: `m_${turnId}`, role: 'assistant', content: turnId }, turnId),
  envelope('done', { success: true }, turnId),
  status(inputId, 'done', turnId),
];

test('[I3] a prompt that waited stands after the answer it waited for', async () => {
  const events = [input('first'), ...turn('turn_1', 'first', input('second')), ...turn('turn_2', 'second')];
  const { messages } = await toMessages(events);
  expect(messages.map(({ id }) => id)).toEqual(['first', 'turn_1', 'second', 'turn_2']);
});

test('[I3] what still waits, or was taken back, is no message', async () => {
  const events = [
    input('first'),
    ...turn('turn_1', 'first', input('waiting'), input('withdrawn'), status('withdrawn', 'cancelled')),
  ];
  const { messages } = await toMessages(events);
  expect(messages.map(({ id }) => id)).toEqual(['first', 'turn_1']);
});
