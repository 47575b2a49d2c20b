import type { LoggedEvent } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { delta, done, readAsGuest as read, secret } from './support/read-as-guest.ts';

const pieces = (tool: string): LoggedEvent[] => [
  delta(`it is ${secret.slice(0, 9)}`),
  { type: 'reasoning', data: { id: 'r', content: secret.slice(0, 12) } },
  { type: 'tool_call', data: { id: tool, name: 'sh', input: {} } },
  { type: 'tool_update', data: { id: tool, output: secret.slice(0, 14) } },
  delta(secret.slice(9)),
  { type: 'reasoning', data: { id: 'r', content: secret.slice(12) } },
  { type: 'tool_update', data: { id: tool, output_delta: secret.slice(14) } },
];

test('wherever somebody begins to read, no half of a secret comes out', async () => {
  const replaced: LoggedEvent[] = [
    { type: 'tool_call', data: { id: 'u', name: 'sh', input: {} } },
    { type: 'tool_update', data: { id: 'u', output_delta: secret.slice(0, 15) } },
    { type: 'tool_update', data: { id: 'u', output: secret } },
    { type: 'tool_update', data: { id: 'v', output_delta: secret.slice(0, 15) } },
    { type: 'tool_result', data: { id: 'v', output: secret } },
  ];
  // Behind the last end, nobody says whether there comes more.
  const log = [...pieces('a'), done, ...pieces('b'), ...replaced, done, ...pieces('c')];
  for (let after = 0; after <= log.length + 1; after += 1) {
    const { text, frames } = await read(log, { after });
    for (let at = 4; at + 5 <= secret.length; at += 1) expect(text).not.toContain(secret.slice(at, at + 5));
    const whole = await read(log, { after: after < 8 ? 0 : after < 21 ? 8 : log.length });
    expect(frames).toEqual(whole.frames);
  }
});

test('of a turn that is too long the rest is cut, with a mark and no half of a secret', async () => {
  const filling = Array.from(
    { length: 41 },
    (_, at): LoggedEvent => ({
      type: 'reasoning',
      data: { id: `r${at}`, content: 'word '.repeat(20_000) },
    }),
  );
  const { events, text } = await read([
    delta(secret.slice(0, 15)),
    ...filling,
    delta(secret.slice(15)),
    done,
  ]);
  expect(events[0]).toEqual({ type: 'message.delta', data: { message_id: 'm', content: '…' } });
  expect(events.slice(-2).map(({ type }) => type)).toEqual(['worker.notice', 'done']);
  expect(text).not.toContain(secret.slice(4, 12));
  expect(text.length).toBeLessThan(4_100_000);
});

test('others have their turn between the events of one turn, and nobody reads for somebody who is gone', async () => {
  const log = [...Array.from({ length: 200 }, (_, at) => delta('text', `m${at}`)), done];
  const gone = new AbortController();
  let rounds = 0;
  const count = () => {
    rounds += 1;
    if (rounds === 50) gone.abort();
    if (!gone.signal.aborted) setImmediate(count);
  };
  setImmediate(count);
  const { frames } = await read(log, { signal: gone.signal });
  expect(frames.length).toBeLessThan(100);
  expect((await read(log)).frames).toHaveLength(201);
});
