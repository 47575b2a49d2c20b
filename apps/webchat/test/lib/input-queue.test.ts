import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { nextQueue, type QueuedInput } from '../../lib/input-queue.ts';

let seq = 0;
const envelope = (event: unknown) =>
  ({ version: 'aep/v1', id: `evt_${++seq}`, seq, session_id: 's', timestamp: 0, event }) as ServerEnvelope;
const input = (id: string, content: string) =>
  envelope({
    type: 'input',
    data: { input_id: id, content, author: 'ada', delivery: 'queue', status: 'queued' },
  });
const status = (id: string, value: string, content?: string) =>
  envelope({ type: 'input.status', data: { input_id: id, status: value, ...(content ? { content } : {}) } });
const after = (...envelopes: ServerEnvelope[]) => envelopes.reduce(nextQueue, [] as readonly QueuedInput[]);

test('[I3] what is accepted waits in order; what the agent takes leaves', () => {
  expect(after(input('a', 'first'), input('b', 'second'), status('a', 'delivered'))).toEqual([
    { id: 'b', content: 'second' },
  ]);
});

test('[I3] a waiting message can be changed and taken back', () => {
  expect(after(input('a', 'frist'), status('a', 'queued', 'first'))).toEqual([{ id: 'a', content: 'first' }]);
  expect(after(input('a', 'first'), status('a', 'cancelled'))).toEqual([]);
});

test('hearing an event twice changes nothing', () => {
  const again = input('a', 'first');
  expect(after(again, again)).toEqual([{ id: 'a', content: 'first' }]);
});
