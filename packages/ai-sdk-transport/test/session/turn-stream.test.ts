import type { ServerEnvelope, ServerEvent } from '@hotplex/aep-protocol';
import { AepError } from '@hotplex/client-sdk';
import { describe, expect, test } from 'vitest';
import { SessionFeed } from '../../src/session/session-feed.ts';
import { createTurnStream, type TurnSource } from '../../src/session/turn-stream.ts';
import type { AepChunk } from '../../src/ui-message.ts';
import { status } from '../prompt-events.ts';
import { messageOf } from '../read-message.ts';
import { called, logOf, said, succeeded, turnOf } from '../turn-script.ts';

const asked: ServerEvent = {
  type: 'permission_request',
  data: { id: 'p1', tool_name: 'Bash', tool_call_id: 't1' },
};
const ends = logOf([succeeded], { turnId: 'turn_1', firstSeq: 90 });

function openFeed(envelopes: readonly ServerEnvelope[] = []) {
  const feed = new SessionFeed(() => {});
  const take = (more: readonly ServerEnvelope[]) => {
    for (const envelope of more) feed.take(envelope);
  };
  take(envelopes);
  const stream = (
    source: TurnSource,
    options: { approvals?: 'inline' | 'turn'; signal?: AbortSignal; isCaughtUp?: boolean } = {},
  ) => {
    const { approvals = 'inline', signal, isCaughtUp = true } = options;
    return createTurnStream({ feed, source, approvals, signal, isCaughtUp: () => isCaughtUp });
  };
  return { feed, take, stream };
}

async function readAll(stream: ReadableStream<AepChunk>): Promise<AepChunk[]> {
  const chunks: AepChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

/** Lets everything run that waits for nothing but its turn. */
function everythingThatCanRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('a stream of turns', () => {
  test('[R3] begins with the start of the turn, however late it is read', async () => {
    const { feed, take, stream } = openFeed(turnOf(said('m1', 'a', 'b')));
    const reading = readAll(stream({ logs: feed.takeUnread() }));
    take(ends);
    const message = await messageOf(await reading);
    expect(message).toMatchObject({ id: 'turn_1', metadata: { success: true } });
    expect(message.parts[1]).toMatchObject({ text: 'ab' });
  });

  test('pieces of a text that wait to be read are read as one; those that come later are not held up', async () => {
    const many = Array.from({ length: 400 }, (_, index) => `${index} `);
    const { feed, take, stream } = openFeed(turnOf(said('m1', ...many)));
    const reading = readAll(stream({ logs: feed.takeUnread() }));
    await everythingThatCanRun();
    take(logOf(said('m2', 'later'), { turnId: 'turn_1', firstSeq: 500 }));
    take(logOf([succeeded], { turnId: 'turn_1', firstSeq: 600 }));
    const deltas = (await reading).flatMap((chunk) => (chunk.type === 'text-delta' ? [chunk.delta] : []));
    expect(deltas).toEqual([many.join(''), 'later']);
  });

  test('several turns follow each other, each with a start of its own', async () => {
    const { feed, stream } = openFeed([
      ...turnOf([succeeded]),
      ...turnOf([succeeded], { turnId: 'turn_2', firstSeq: 10 }),
    ]);
    const starts = (await readAll(stream({ logs: feed.takeUnread() }))).flatMap((chunk) =>
      chunk.type === 'start' ? [chunk.messageId] : [],
    );
    expect(starts).toEqual(['turn_1', 'turn_2']);
  });

  test('aborted in the second turn, it leaves only that one', async () => {
    const { feed, stream } = openFeed([
      ...turnOf([succeeded]),
      ...turnOf([], { turnId: 'turn_2', firstSeq: 10 }),
    ]);
    const leave = new AbortController();
    const reader = stream({ logs: feed.takeUnread() }, { signal: leave.signal }).getReader();
    for (let id = ''; id !== 'turn_2'; ) {
      const { value } = await reader.read();
      if (value?.type === 'start') id = value.messageId ?? id;
    }
    leave.abort();
    expect(feed.takeUnread().map(({ id }) => id)).toEqual(['turn_2']);
  });

  test('closes when it is aborted, at once, and leaves the turn for the next reader', async () => {
    const { feed, stream } = openFeed(turnOf(said('m1', 'a')));
    const leave = new AbortController();
    const reading = readAll(stream({ logs: feed.takeUnread() }, { signal: leave.signal }));
    leave.abort();
    await reading;
    expect(feed.takeUnread().map(({ id }) => id)).toEqual(['turn_1']);
  });

  test('read to its end, nothing is left for another reader', async () => {
    const { feed, stream } = openFeed(turnOf([succeeded]));
    await readAll(stream({ logs: feed.takeUnread() }));
    expect(feed.takeUnread()).toEqual([]);
  });

  test('a lost connection is a network error for the AI SDK; any other end says what it is', async () => {
    for (const [code, name] of [
      ['CONNECTION_LOST', 'TypeError'],
      ['UNAUTHORIZED', 'AepError'],
    ] as const) {
      const { feed, stream } = openFeed(turnOf([]));
      const reading = readAll(stream({ logs: feed.takeUnread() }));
      feed.lose(new AepError({ code, message: 'gone' }));
      await expect(reading).rejects.toMatchObject({ name, message: expect.stringContaining('gone') });
      expect(feed.takeUnread()).toHaveLength(1);
    }
  });

  test('closed from here, it ends without an error', async () => {
    const { feed, stream } = openFeed(turnOf([]));
    const reading = readAll(stream({ logs: feed.takeUnread() }));
    feed.lose(null);
    await expect(reading).resolves.toMatchObject([
      { type: 'start' },
      { type: 'start-step' },
      { type: 'data-state' },
    ]);
  });

  test('[I3] of a prompt: waits for its turn; ends empty if it is cancelled; fails if it never ran', async () => {
    const { feed, take, stream } = openFeed();
    const [runs, cancelled, failed] = ['i1', 'i2', 'i3'].map((id) => feed.expect(id));
    if (!runs || !cancelled || !failed) throw new Error('unreachable');
    const readings = [runs, cancelled, failed].map((prompt) => readAll(stream({ prompt })));
    const failing = expect(readings[2]).rejects.toThrow('no agent');
    take(
      logOf([
        status('i2', { status: 'cancelled' }),
        status('i3', { status: 'failed', reason: 'no agent' }),
        status('i1', { turn_id: 'turn_1' }),
      ]),
    );
    take([...turnOf(said('m1', 'a')), ...ends]);
    expect(await readings[1]).toEqual([]);
    expect(await messageOf((await readings[0]) ?? [])).toMatchObject({ id: 'turn_1' });
    await failing;
  });
});

describe('approvals by turn', () => {
  test('[E4] the stream ends at the request, and goes on in the same message after the answer', async () => {
    const { feed, take, stream } = openFeed(turnOf([called('t1'), asked]));
    const first = await readAll(stream({ logs: feed.takeUnread() }, { approvals: 'turn' }));
    expect(first.at(-1)).toEqual({ type: 'finish', finishReason: 'tool-calls' });
    const paused = feed.unpause('turn_1');
    if (!paused) throw new Error('the turn is not paused');
    const reading = readAll(stream(paused, { approvals: 'turn' }));
    const answer = { id: 'p1', allowed: false, by: 'ada', reason: 'answered' } as const;
    take(logOf([{ type: 'permission.resolved', data: answer }], { turnId: 'turn_1', firstSeq: 9 }));
    take(ends);
    const rest = await reading;
    expect(rest[0]).toEqual({ type: 'start', messageId: 'turn_1' });
    expect((await messageOf([...first.slice(0, -1), ...rest])).parts[1]).toMatchObject({
      state: 'output-denied',
    });
  });

  test('[R3] a request that the replay has yet to resolve does not end the stream', async () => {
    const { feed, take, stream } = openFeed(turnOf([called('t1'), asked]));
    const reader = stream({ logs: feed.takeUnread() }, { approvals: 'turn', isCaughtUp: false }).getReader();
    for (let type = ''; type !== 'data-permission'; ) type = (await reader.read()).value?.type ?? type;
    const next = reader.read();
    await everythingThatCanRun();
    const answer = { id: 'p1', allowed: true, by: 'ada', reason: 'answered' } as const;
    take(logOf([{ type: 'permission.resolved', data: answer }], { turnId: 'turn_1', firstSeq: 9 }));
    expect((await next).value).toMatchObject({ type: 'tool-approval-response', approved: true });
  });
});
