import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { toMessages } from '@hotplex/ai-sdk-transport';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHistory } from '../../lib/history.ts';

type Said = ServerEnvelope['event'];
/** One turn: how many pieces its answer has, how many prompts are queued meanwhile, and how many turns are set aside then. */
type Turn = { pieces: number; queued: number; setAside?: number };

/** The log of these turns; what is queued in one is run, in order, by those after it. */
function logOf(turns: readonly Turn[]): ServerEnvelope[] {
  const log: ServerEnvelope[] = [];
  const waiting: string[] = [];
  const write = (event: Said, turnId?: string) => {
    const seq = log.length + 1;
    log.push({
      ...{ version: 'aep/v1', id: `evt_${seq}`, seq, session_id: 's', timestamp: seq, event },
      ...(turnId === undefined ? {} : { turn_id: turnId }),
    } as ServerEnvelope);
  };
  const prompt = () => {
    const id = `input-${log.length}`;
    const data = { input_id: id, content: id, author: 'ann', delivery: 'queue', status: 'queued' } as const;
    write({ type: 'input', data });
    waiting.push(id);
  };
  turns.forEach(({ pieces, queued, setAside = 0 }, index) => {
    const turn = `turn-${index}`;
    if (waiting.length === 0) prompt();
    const input_id = waiting.shift() ?? '';
    write({ type: 'input.status', data: { input_id, status: 'delivered', turn_id: turn } }, turn);
    write({ type: 'state', data: { state: 'running' } }, turn);
    write({ type: 'message.start', data: { id: `text-${index}`, role: 'assistant' } } as Said, turn);
    for (let piece = 0; piece < pieces; piece += 1) {
      if (piece < queued) prompt();
      write({ type: 'message.delta', data: { message_id: `text-${index}`, content: `${piece} ` } }, turn);
    }
    write({ type: 'message.end', data: { message_id: `text-${index}` } }, turn);
    write({ type: 'done', data: { success: true } } as Said, turn);
    write({ type: 'input.status', data: { input_id, status: 'done', turn_id: turn } }, turn);
    write({ type: 'state', data: { state: 'idle' } });
    const back = { turn_id: `turn-${Math.max(0, index + 1 - setAside)}`, turns: setAside };
    if (setAside > 0) write({ type: 'session.rewound', data: back });
  });
  return log;
}

/** The log as the gateway hands it out, in pages that are never larger than asked for. */
function sessionsOf(log: readonly ServerEnvelope[], largest: number) {
  const page = (events: ServerEnvelope[]) => ({ events, oldestSeq: 1, lastSeq: log.length, epoch: 'e' });
  return {
    events: async (_id: string, { before = 0, limit = 0 } = {}) =>
      page(log.filter(({ seq }) => seq < before).slice(-Math.min(limit, largest))),
    async *allEvents(_id: string, { after = 0 } = {}) {
      yield* log.filter(({ seq }) => seq > after);
    },
  };
}

const turns = fc.array(
  fc.record({
    ...{ pieces: fc.nat(6), queued: fc.nat(2) },
    setAside: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(8)),
  }),
  { maxLength: 25 },
);

test('a log that is read backwards, in pages of any size, has the messages of the whole log, each once and whole', async () => {
  await fc.assert(
    fc.asyncProperty(turns, fc.integer({ min: 1, max: 40 }), async (said, largest) => {
      const log = logOf(said);
      const history = createHistory('s', sessionsOf(log, largest));
      const { messages } = await history.open([]);
      const newest = messages.length;
      while (history.hasEarlier.get()) messages.unshift(...(await history.earlier()));
      const { messages: whole } = await toMessages(log);
      expect(messages).toEqual(whole);
      expect(await history.again()).toEqual(whole);
      if (log.length > 200) expect(newest).toBeLessThan(whole.length);
    }),
    { numRuns: 60 },
  );
});

test('prompts that wait are read, however long ago they were sent', async () => {
  const log = logOf([
    { pieces: 3, queued: 2 },
    ...Array.from({ length: 30 }, () => ({ pieces: 5, queued: 1 })),
  ]);
  const waiting = log.flatMap(({ event }) => (event.type === 'input' ? event.data.input_id : []));
  const history = createHistory('s', sessionsOf(log, 10));
  const { envelopes } = await history.open([waiting[1] ?? '']);
  expect(envelopes.some(({ event }) => event.type === 'input' && event.data.input_id === waiting[1])).toBe(
    true,
  );
});

test('a page that is read tells which events are before it', async () => {
  const log = logOf(Array.from({ length: 200 }, () => ({ pieces: 2, queued: 0 })));
  const history = createHistory('s', sessionsOf(log, 1_000));
  const { messages } = await history.open([]);
  expect(messages.length).toBeLessThan(80);
  expect(history.isBefore(1)).toBe(true);
  expect(history.isBefore(log.length)).toBe(false);
});
