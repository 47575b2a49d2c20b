import { encode, protocolVersion, type ServerData } from '@hotplex/aep-protocol';
import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import type { Logger } from '../ground/logger.ts';
import { frameOf } from '../session/frame.ts';
import type { Session } from '../session/session.ts';
import type { Subscriber } from '../session/subscriber.ts';
import type { EventRecord } from '../store/store.ts';
import { LiveText } from './live-text.ts';

/** What is read from the log and given to the network at once, so that a reader who pauses holds little memory. */
const page = { events: 256, characters: 65_536 };
const heartbeatMs = 15_000;
const reconnectMs = 1_000;

type EventStreamOptions = {
  session: Session;
  /** The number after which this client wants to hear. */
  after: number;
  /** Why it hears something else, if it does. */
  resync?: ServerData<'resync'> | undefined;
  /** Unix milliseconds after which the client's credential is void; `null` if it does not expire. */
  expiresAt: number | null;
  /** Asked at each heartbeat: whether the client's credential is still good. */
  isWelcome(): Promise<boolean>;
  /** Aborted when the gateway stops. */
  stopping: AbortSignal;
  clock: Clock;
  ids: Ids;
  logger: Logger;
};

/**
 * A client of `text/event-stream` as a cursor on the log (rules R4, B2): whenever the network takes more it gets the next
 * page, and when there is none it waits for one. Nothing is kept for it, so it can be as slow as it likes and misses
 * nothing. Format: https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class EventStream implements Subscriber {
  readonly #options: EventStreamOptions;
  readonly #live: LiveText;
  #cursor: number;
  #opening: string | undefined;
  #farewell: readonly EventRecord[] = [];

  constructor(options: EventStreamOptions) {
    const { session, after, clock, expiresAt, isWelcome, stopping } = options;
    this.#options = options;
    this.#cursor = after;
    this.#opening = `retry: ${reconnectMs}\n\n${this.#resync()}`;
    const detach = session.attach(this);
    this.#live = new LiveText({
      ...{ clock, expiresAt, isWelcome, stopping, beatMs: heartbeatMs, beat: () => ': still here\n\n' },
      take: () => this.#take(),
      onClose: detach,
    });
  }

  /** The body of the answer. */
  get body(): ReadableStream<Uint8Array> {
    return this.#live.body;
  }

  deliver(events: readonly EventRecord[]): void {
    // The rows of a deleted session go; its last words are all that is left to say.
    if (this.#options.session.record.state === 'deleted') this.#farewell = events;
    this.#live.wake();
  }

  sendAway(): void {
    this.close();
  }

  /** Ends the stream; the client may come back with the last number it got. Safe to call twice. */
  close(): void {
    this.#live.close();
  }

  #take(): string | undefined {
    const opening = this.#opening;
    this.#opening = undefined;
    if (opening !== undefined) return opening;
    if (this.#options.session.record.state === 'deleted') return this.#sayFarewell();
    const events = this.#read();
    return events.length > 0 ? this.#format(events) : undefined;
  }

  #sayFarewell(): string | undefined {
    const events = this.#farewell.filter(({ seq }) => seq > this.#cursor);
    const text = this.#format(events);
    this.close();
    return text === '' ? undefined : text;
  }

  #read(): EventRecord[] {
    const { session, logger } = this.#options;
    try {
      return session.events(this.#cursor, page.events);
    } catch (error) {
      logger.warn(
        { session: session.record.id, error: String(error) },
        'a stream ends: the log cannot be read',
      );
      this.close();
      return [];
    }
  }

  /** As many of these events as belong in one page, at least one. */
  #format(events: readonly EventRecord[]): string {
    const { id, epoch } = this.#options.session.record;
    let text = '';
    for (const event of events) {
      text += `id: ${epoch}:${event.seq}\ndata: ${frameOf(id, event)}\n\n`;
      this.#cursor = event.seq;
      if (text.length > page.characters) break;
    }
    return text;
  }

  #resync(): string {
    const { session, resync, ids, clock } = this.#options;
    if (!resync) return '';
    const { id, lastSeq } = session.record;
    const frame = encode({
      ...{ version: protocolVersion, id: ids.event(), seq: lastSeq, session_id: id, timestamp: clock.now() },
      event: { type: 'resync', data: resync },
    });
    return `data: ${frame}\n\n`;
  }
}
