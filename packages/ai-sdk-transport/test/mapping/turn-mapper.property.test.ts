import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { isToolUIPart, readUIMessageStream } from 'ai';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TurnMapper } from '../../src/mapping/turn-mapper.ts';
import { toMessages } from '../../src/to-messages.ts';
import { toReadable } from '../../src/to-readable.ts';
import type { AepChunk, AepUIMessage } from '../../src/ui-message.ts';
import { checkBalance } from '../check-balance.ts';
import { anyTurn, legalTurn } from '../legal-turn.ts';
import { chunksOf, messageOf, read } from '../read-message.ts';
import { logOf, turnOf } from '../turn-script.ts';

const runs = { numRuns: 300, seed: Number(process.env.SEED ?? Date.now()) };

/** NOTE: fast-check prints the seed of a failing run; SEED=… repeats it. */
describe(`any legal turn (seed ${runs.seed})`, () => {
  test('gives only chunks the AI SDK knows, and none it refuses', async () => {
    await fc.assert(
      fc.asyncProperty(
        legalTurn,
        fc.constantFrom('inline' as const, 'turn' as const),
        async (events, approvals) => {
          const message = await read(turnOf(events), { approvals });
          const states = message.parts.flatMap((part) => (isToolUIPart(part) ? [part.state] : []));
          expect(states.filter((state) => !/^output-/.test(state))).toEqual([]);
        },
      ),
      runs,
    );
  });

  test('[R3] cut anywhere and replayed into the same message, ends the same as uninterrupted', async () => {
    await fc.assert(
      fc.asyncProperty(legalTurn, fc.nat(), async (events, where) => {
        const turn = turnOf(events);
        const cut = where % turn.length;
        const whole = await chunksOf(turn);
        const seen = await chunksOf(turn.slice(0, cut));
        const before = seen.length > 0 ? await messageOf(seen) : undefined;
        expect(await resumed(before, whole)).toEqual(await messageOf(whole));
      }),
      runs,
    );
  });

  test('leaves no word of a retracted text, and every word of the others', async () => {
    await fc.assert(
      fc.asyncProperty(legalTurn, async (events) => {
        const retracted = new Set(
          events.flatMap((event) => (event.type === 'message.retract' ? event.data.message_ids : [])),
        );
        const message = await read(turnOf(events));
        const hidden = new Set(
          message.parts.flatMap((part) => (part.type === 'data-retraction' ? part.data.message_ids : [])),
        );
        for (const id of textIds(events)) {
          if (!retracted.has(id)) expect(shownText(message, id)).toBe(textOf(events, id));
          else if (!hidden.has(id)) expect(shownText(message, id)).toBe('');
        }
      }),
      runs,
    );
  });

  test('reads from its log as it read live', async () => {
    await fc.assert(
      fc.asyncProperty(legalTurn, async (events) => {
        const turn = turnOf(events);
        expect((await toMessages(turn)).messages).toEqual([await read(turn)]);
      }),
      runs,
    );
  });

  test('[R3] a conversation reads from its log as its turns read live', async () => {
    const turns = fc
      .array(fc.nat(), { minLength: 1, maxLength: 4 })
      .chain((seeds) => fc.tuple(...seeds.map((_, index) => anyTurn(`turn_${index}`))));
    await fc.assert(
      fc.asyncProperty(turns, async (scripts) => {
        const log: ServerEnvelope[] = [];
        const live: string[][] = [];
        for (const [index, events] of scripts.entries()) {
          const turnId = `turn_${index}`;
          const told = [
            ...promptOf(turnId, log.length),
            ...turnOf(events, { turnId, firstSeq: log.length + 3 }),
          ];
          log.push(...told);
          live.push([`input_${turnId}`], [turnId, JSON.stringify(await read(told, { turnId }))]);
        }
        const { messages, lastSeq } = await toMessages(log);
        expect(lastSeq).toBe(log.length);
        expect(
          messages.map((message) =>
            message.role === 'user' ? [message.id] : [message.id, JSON.stringify(message)],
          ),
        ).toEqual(live);
      }),
      { ...runs, numRuns: 100 },
    );
  });

  test('cut after any event, is valid so far, and ended there it leaves nothing open', async () => {
    await fc.assert(
      fc.asyncProperty(legalTurn, fc.nat(), async (events, where) => {
        const mapper = new TurnMapper({ turnId: 'turn_1' });
        const turn = turnOf(events);
        const chunks = turn.slice(0, 1 + (where % turn.length)).flatMap((envelope) => mapper.map(envelope));
        checkBalance(chunks);
        await messageOf(chunks);
        const ended = [...chunks, ...mapper.end()];
        expect(checkBalance(ended)).toEqual([]);
        expect(ended.at(-1)?.type).toBe('finish');
        const { parts } = await messageOf(ended);
        expect(parts.filter((part) => 'state' in part && part.state === 'streaming')).toEqual([]);
      }),
      runs,
    );
  });

  test('whose beginning was lost, is valid from any event on', async () => {
    await fc.assert(
      fc.asyncProperty(legalTurn, fc.nat(), async (events, where) => {
        const turn = turnOf(events);
        const chunks = await chunksOf(turn.slice(where % turn.length));
        expect(checkBalance(chunks)).toEqual([]);
        await messageOf(chunks);
      }),
      runs,
    );
  });

  test('paused between any two events, goes on in the same message without a refused chunk', async () => {
    await fc.assert(
      fc.asyncProperty(legalTurn, fc.nat(), async (events, where) => {
        const turn = turnOf(events);
        const cut = 1 + (where % (turn.length - 1));
        const mapper = new TurnMapper({ turnId: 'turn_1', approvals: 'turn' });
        const first = [...turn.slice(0, cut).flatMap((envelope) => mapper.map(envelope)), ...mapper.pause()];
        const rest = turn.slice(cut).flatMap((envelope) => mapper.map(envelope));
        const message = await continued(await messageOf(first), [
          { type: 'start', messageId: 'turn_1' },
          ...rest,
        ]);
        const uninterrupted = await read(turn, { approvals: 'turn' });
        // A block that was open at the pause goes on as another part, so the words are compared block by block.
        for (const id of textIds(events)) expect(shownText(message, id)).toBe(shownText(uninterrupted, id));
      }),
      runs,
    );
  });
});

/** The prompt that a turn begins with, as the two events after number `lastSeq`. */
function promptOf(turnId: string, lastSeq: number): ServerEnvelope[] {
  const input_id = `input_${turnId}`;
  return logOf(
    [
      {
        type: 'input',
        data: { input_id, content: 'go', author: 'ada', delivery: 'queue', status: 'queued' },
      },
      { type: 'input.status', data: { input_id, status: 'delivered', turn_id: turnId } },
    ],
    { firstSeq: lastSeq + 1 },
  );
}

/** What `useChat` does with a replay: it drops what it has of the message at the first `start`. */
function resumed(before: AepUIMessage | undefined, replay: readonly AepChunk[]): Promise<AepUIMessage> {
  return before
    ? continued({ ...before, id: 'before', parts: [], metadata: undefined }, replay)
    : messageOf(replay);
}

async function continued(message: AepUIMessage, chunks: readonly AepChunk[]): Promise<AepUIMessage> {
  let last = message;
  const stream = toReadable<AepChunk>(chunks);
  for await (const newer of readUIMessageStream<AepUIMessage>({ message, stream, terminateOnError: true })) {
    last = newer;
  }
  return last;
}

type Events = readonly { type: string; data: unknown }[];

function textIds(events: Events): string[] {
  return events.flatMap(({ type, data }) => (type === 'message.start' ? [(data as { id: string }).id] : []));
}

/** What a message shows of a block of text, whatever number of parts it has. */
function shownText({ parts }: AepUIMessage, id: string): string {
  return parts
    .flatMap((part) => (part.type === 'text' && part.providerMetadata?.hotplex?.id === id ? [part.text] : []))
    .join('');
}

function textOf(events: Events, id: string): string {
  return events
    .filter(({ type }) => type === 'message.delta')
    .map(({ data }) => data as { message_id: string; content: string })
    .filter(({ message_id }) => message_id === id)
    .map(({ content }) => content)
    .join('');
}
