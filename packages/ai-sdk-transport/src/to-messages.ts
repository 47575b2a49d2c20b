import type { ServerData, ServerEnvelope } from '@hotplex/aep-protocol';
import { readUIMessageStream } from 'ai';
import { appendChunk } from './mapping/part-record.ts';
import { TurnMapper } from './mapping/turn-mapper.ts';
import { nextFacts, noFacts, type SessionFacts } from './status/session-facts.ts';
import { toReadable } from './to-readable.ts';
import { toUserMessage, withText } from './to-user-message.ts';
import type { AepChunk, AepUIMessage } from './ui-message.ts';

/** A conversation as its log tells it. */
export type History = {
  messages: AepUIMessage[];
  /** The turn that still runs; it is not among the messages: `reconnectToStream` replays it. */
  activeTurn: { id: string; firstSeq: number } | undefined;
  /** Number of the newest event. */
  lastSeq: number;
  /** What the log says beside the messages: the queue, open requests, figures. */
  facts: SessionFacts;
};

type ReadTurn = { mapper: TurnMapper; chunks: AepChunk[]; firstSeq: number };

/** Rebuilds messages from logged events, with the mapper that also maps live ones. Prompts that still wait in the queue are left out. */
export async function toMessages(
  envelopes: Iterable<ServerEnvelope> | AsyncIterable<ServerEnvelope>,
): Promise<History> {
  const messages: AepUIMessage[] = [];
  const prompts = new Map<string, AepUIMessage>();
  /** Of each turn, where its messages begin. */
  const starts = new Map<string, number>();
  let turn: ReadTurn | undefined;
  let facts = noFacts;

  const close = async ({ mapper, chunks }: ReadTurn) => {
    collect(chunks, mapper.end());
    const message = await toMessage(chunks);
    if (message) messages.push(message);
  };

  for await (const envelope of envelopes) {
    const { event, turn_id, seq } = envelope;
    facts = nextFacts(facts, envelope);
    const begun = event.type === 'input.status' ? event.data.turn_id : turn_id;
    if (begun && !starts.has(begun)) starts.set(begun, messages.length);
    if (event.type === 'session.rewound')
      setAside(messages, { from: starts.get(event.data.turn_id), by: seq });
    if (event.type === 'input') prompts.set(event.data.input_id, toUserMessage(envelope, event.data));
    if (turn_id && turn_id !== turn?.mapper.turnId && !event.type.startsWith('input')) {
      if (turn) await close(turn);
      turn = { mapper: new TurnMapper({ turnId: turn_id }), chunks: [], firstSeq: seq };
    }
    const chunks = turn?.mapper.map(envelope) ?? [];
    if (event.type === 'input.status') {
      const message = toSettledPrompt(prompts, event.data);
      const isPart = chunks.some((chunk) => chunk.type === 'steering-message' && chunk.id === message?.id);
      if (message && !isPart) messages.push(message);
    }
    if (!turn) continue;
    collect(turn.chunks, chunks);
    if (turn.mapper.finished) {
      await close(turn);
      turn = undefined;
    }
  }
  const activeTurn = turn && { id: turn.mapper.turnId, firstSeq: turn.firstSeq };
  return { messages, activeTurn, lastSeq: facts.lastSeq, facts };
}

/**
 * Notes of all messages from one on that the agent was taken back to before them; of all, if that turn began before what was
 * read.
 */
function setAside(
  messages: AepUIMessage[],
  { from = 0, by }: { from: number | undefined; by: number },
): void {
  for (const [index, message] of messages.entries())
    if (index >= from) messages[index] = { ...message, metadata: { ...message.metadata, setAsideBy: by } };
}

/** The message of a prompt that left the queue, once; a cancelled prompt has none. */
function toSettledPrompt(
  prompts: Map<string, AepUIMessage>,
  { input_id, status, content, reason }: ServerData<'input.status'>,
): AepUIMessage | undefined {
  const known = prompts.get(input_id);
  if (!known) return undefined;
  const message = content === undefined ? known : withText(known, content);
  prompts.set(input_id, message);
  if (status === 'queued') return undefined;
  prompts.delete(input_id);
  if (status === 'cancelled') return undefined;
  if (status === 'failed' || status === 'indeterminate') {
    const error = { code: 'INTERNAL_ERROR', message: reason ?? notRun[status] };
    return { ...message, metadata: { ...message.metadata, error } };
  }
  return message;
}

const notRun = {
  failed: 'The prompt was not run.',
  indeterminate: 'The gateway stopped before it was known whether the prompt reached the agent.',
};

function collect(chunks: AepChunk[], added: readonly AepChunk[]): void {
  for (const chunk of added) appendChunk(chunks, chunk);
}

async function toMessage(chunks: readonly AepChunk[]): Promise<AepUIMessage | undefined> {
  let message: AepUIMessage | undefined;
  const stream = toReadable(chunks.filter((chunk) => !('transient' in chunk)));
  for await (const newer of readUIMessageStream<AepUIMessage>({ stream, terminateOnError: true })) {
    message = newer;
  }
  return message;
}
