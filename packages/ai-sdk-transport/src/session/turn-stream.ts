import { joinDeltas } from '../mapping/part-record.ts';
import { TurnMapper, type TurnMapperOptions } from '../mapping/turn-mapper.ts';
import { toDisconnect } from '../to-disconnect.ts';
import type { AepChunk } from '../ui-message.ts';
import { toPulledStream } from './pulled-stream.ts';
import type { SessionFeed } from './session-feed.ts';
import type { OwnPrompt, TurnLog } from './turn-log.ts';

/** What to read: the turn of a prompt, some turns one after the other, or the rest of one. */
export type TurnSource =
  | { prompt: OwnPrompt }
  | { logs: readonly TurnLog[] }
  | { log: TurnLog; next: number };

type Options = {
  feed: SessionFeed;
  source: TurnSource;
  approvals: NonNullable<TurnMapperOptions['approvals']>;
  /** True when everything that was logged before the connection has arrived. */
  isCaughtUp: () => boolean;
  /** Aborting detaches: the agent goes on, and the turn can be read again. */
  signal: AbortSignal | undefined;
};

/** So many events that wait are read together; what they say of one text is then one piece of it. */
const atOnce = 500;

/**
 * Turns as the stream `useChat` reads. Ends with the last turn; errors with a TypeError about the network if the
 * connection is given up, which the AI SDK takes as a disconnect that can be resumed.
 */
export function createTurnStream(options: Options): ReadableStream<AepChunk> {
  const { feed, source, signal } = options;
  let turnsRead = 0;
  let detached = false;

  const turns = (): readonly TurnLog[] => {
    if ('logs' in source) return source.logs;
    const log = 'prompt' in source ? source.prompt.log : source.log;
    return log ? [log] : [];
  };

  const detach = () => {
    if (detached) return;
    detached = true;
    if ('prompt' in source) feed.abandon(source.prompt);
    for (const log of turns().slice(turnsRead)) feed.giveBack(log);
    feed.changed.fire();
  };

  async function* chunks(): AsyncGenerator<AepChunk> {
    if ('prompt' in source) await turnOf(source.prompt);
    for (const log of turns()) {
      if (detached) return;
      log.readers += 1;
      try {
        yield* readTurn(log, 'next' in source ? source.next : 0);
      } finally {
        log.readers -= 1;
      }
      if (!detached) turnsRead += 1;
    }
  }

  async function turnOf(prompt: OwnPrompt): Promise<void> {
    while (!prompt.log && prompt.outcome === undefined && !detached) await changed();
    if (prompt.outcome) throw prompt.outcome;
  }

  async function* readTurn(log: TurnLog, from: number): AsyncGenerator<AepChunk> {
    const mapper = new TurnMapper({ turnId: log.id, approvals: options.approvals });
    let next = 0;
    if (from > 0) {
      for (const envelope of log.envelopes.slice(0, from)) mapper.map(envelope);
      mapper.pause();
      next = from;
      yield { type: 'start', messageId: log.id };
    }
    while (!mapper.finished && !detached) {
      if (next < log.envelopes.length) {
        const waiting = log.envelopes.slice(next, next + atOnce);
        next += waiting.length;
        yield* joinDeltas(waiting.flatMap((envelope) => mapper.map(envelope)));
      } else if (log.ended) {
        yield* mapper.end();
        return;
      } else if (options.approvals === 'turn' && mapper.awaitsApproval && options.isCaughtUp()) {
        feed.pause(log, next);
        yield* mapper.pause();
        yield { type: 'finish', finishReason: 'tool-calls' };
        return;
      } else await changed();
    }
  }

  async function changed(): Promise<void> {
    if (feed.lost === undefined) await feed.changed.next();
    if (feed.lost) throw toDisconnect(feed.lost);
    if (feed.lost === null) detach();
  }

  return toPulledStream(chunks(), { detach, signal });
}
