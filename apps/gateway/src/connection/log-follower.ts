import { closeCodes } from '@hotplex/aep-protocol';
import { frameOf } from '../session/frame.ts';
import type { Session } from '../session/session.ts';
import type { Subscriber } from '../session/subscriber.ts';
import type { EventRecord } from '../store/store.ts';
import type { Socket } from './socket.ts';

const page = 256;

type FollowerOptions = {
  session: Session;
  socket: Socket;
  /** The number after which this client wants to hear. */
  after: number;
  /** Above this many unsent bytes the client leaves live mode and is fed from the log. */
  maxBufferedBytes: number;
  /** Told once each time the client falls behind. */
  onBehind(): void;
};

/**
 * A client as a cursor on the log: live while it keeps up, otherwise fed page by page as its socket drains. Replay after
 * a reconnect is the same thing, starting behind. Memory per client is bounded and nothing is skipped (rules B2, R3).
 */
export class LogFollower implements Subscriber {
  readonly #options: FollowerOptions;
  readonly #detach: () => void;
  #cursor: number;
  #live = false;
  #closed = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#cursor = options.after;
    this.#detach = options.session.attach(this);
    this.#pump();
  }

  /** The number of the last event given to the socket. */
  get cursor(): number {
    return this.#cursor;
  }

  deliver(events: readonly EventRecord[]): void {
    if (!this.#live || this.#closed) return;
    this.#send(events);
    if (this.#options.socket.bufferedBytes > this.#options.maxBufferedBytes) {
      this.#live = false;
      this.#options.onBehind();
    }
  }

  close(): void {
    this.#closed = true;
    this.#detach();
  }

  /** Sends what is missing for as long as the socket takes it; called again when the socket has drained. */
  #pump(): void {
    const { session, socket, maxBufferedBytes } = this.#options;
    while (!this.#live && !this.#closed && socket.bufferedBytes <= maxBufferedBytes) {
      const events = this.#read(session);
      if (!events) return;
      if (events.length > 0) this.#send(events);
      else this.#live = true;
    }
  }

  /** Undefined if the log cannot be read now: the client is told to come back, and nothing else suffers. */
  #read(session: Session): readonly EventRecord[] | undefined {
    try {
      return session.events(this.#cursor, page);
    } catch {
      this.close();
      const { code } = closeCodes.overload;
      this.#options.socket.close(code, 'the log cannot be read at the moment');
      return undefined;
    }
  }

  #send(events: readonly EventRecord[]): void {
    const { session, socket } = this.#options;
    this.#cursor = events.at(-1)?.seq ?? this.#cursor;
    socket.send(
      events.map((event) => frameOf(session.record.id, event)),
      () => this.#pump(),
    );
  }
}
