import { closeCodes } from '@hotplex/aep-protocol';
import type { Clock, Timer } from '../ground/clock.ts';
import type { Session } from '../session/session.ts';
import type { Subscriber } from '../session/subscriber.ts';
import type { EventRecord } from '../store/store.ts';
import type { Socket } from './socket.ts';
import { wireFrames } from './wire-frames.ts';

/** The socket holds at most this many bytes of the log at once, or one event: a control frame waits behind no more (rule B3). */
const sliceBytes = 128 * 1024;
const longestPage = 512;

export type FollowerLimits = {
  /** A client for which more bytes than this wait in the log is told that it is slow. */
  maxBufferedBytes: number;
  /** How long a client may take nothing of what waits for it, milliseconds. */
  slowTimeoutMs: number;
};

type FollowerOptions = FollowerLimits & {
  session: Session;
  socket: Socket;
  clock: Clock;
  /** The number after which this client wants to hear. */
  after: number;
  /** Told once each time the client falls behind. */
  onBehind(): void;
  /** The client took nothing for too long. */
  onStuck(): void;
  /** The session goes on at another gateway. */
  onLost?(): void;
};

/**
 * A client as a cursor on the log: live while it keeps up, otherwise fed slice by slice as its socket drains. Replay
 * after a reconnect is the same thing, starting behind. Memory per client is bounded by bytes and nothing is skipped
 * (rules B2, R3).
 */
export class LogFollower implements Subscriber {
  readonly #options: FollowerOptions;
  readonly #detach: () => void;
  #cursor: number;
  #live = false;
  #closed = false;
  /** Bytes given to the socket that it has not got rid of. */
  #inFlight = 0;
  /** Bytes that were logged since the client fell behind and have not been given to the socket. */
  #owed = 0;
  #wasTold = false;
  /** So many events make about a slice. */
  #page = 64;
  /** Runs while the client is behind. */
  #patience: Timer | undefined;

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
    if (this.#closed) return;
    const frames = wireFrames(this.#options.session.record.id, events);
    const given = this.#live ? this.#give(events, frames) : 0;
    if (given === frames.length) return;
    this.#live = false;
    this.#owe(frames.slice(given).reduce((sum, { length }) => sum + length, 0));
  }

  sendAway(): void {
    this.#options.onLost?.();
  }

  close(): void {
    this.#closed = true;
    this.#rest();
    this.#detach();
  }

  #owe(bytes: number): void {
    const { clock, maxBufferedBytes, slowTimeoutMs, onBehind, onStuck } = this.#options;
    this.#patience ??= clock.after(slowTimeoutMs, () => this.#closed || onStuck());
    this.#owed += bytes;
    if (this.#wasTold || this.#owed <= maxBufferedBytes) return;
    this.#wasTold = true;
    onBehind();
  }

  /** Gives the socket as many of the events as there is room for now, a large one if it is alone; returns how many. */
  #give(events: readonly EventRecord[], frames: readonly Buffer[]): number {
    let bytes = 0;
    let count = 0;
    for (const { length } of frames) {
      const isAlone = this.#inFlight + bytes === 0;
      if (!isAlone && this.#inFlight + bytes + length > sliceBytes) break;
      bytes += length;
      count += 1;
    }
    if (count === 0) return 0;
    this.#cursor = events[count - 1]?.seq ?? this.#cursor;
    this.#inFlight += bytes;
    this.#options.socket.send(count === frames.length ? frames : frames.slice(0, count), () => {
      this.#inFlight -= bytes;
      this.#patience?.refresh();
      this.#pump();
    });
    return count;
  }

  /** Sends what is missing for as long as the socket takes it; called again when the socket has drained. */
  #pump(): void {
    const { session } = this.#options;
    while (!this.#live && !this.#closed && this.#inFlight < sliceBytes) {
      const events = this.#read(session);
      if (!events) return;
      if (events.length === 0) {
        this.#caughtUp();
        return;
      }
      const frames = wireFrames(session.record.id, events);
      const bytes = frames.reduce((sum, { length }) => sum + length, 0);
      this.#page = Math.max(1, Math.min(longestPage, Math.round((sliceBytes * events.length) / bytes)));
      const before = this.#inFlight;
      const given = this.#give(events, frames);
      this.#owed = Math.max(0, this.#owed - (this.#inFlight - before));
      if (given < events.length) break;
    }
    if (!this.#live && !this.#closed) this.#owe(0);
  }

  #caughtUp(): void {
    this.#live = true;
    this.#owed = 0;
    this.#wasTold = false;
    this.#rest();
  }

  #rest(): void {
    this.#patience?.cancel();
    this.#patience = undefined;
  }

  /** Undefined if the log cannot be read now: the client is told to come back, and nothing else suffers. */
  #read(session: Session): readonly EventRecord[] | undefined {
    try {
      return session.events(this.#cursor, this.#page);
    } catch {
      this.close();
      const { code } = closeCodes.overload;
      this.#options.socket.close(code, 'the log cannot be read at the moment');
      return undefined;
    }
  }
}
