import { Duplex } from 'node:stream';
import type { Clock, Timer } from '../../ground/clock.ts';
import { BrokenStream } from './broken-stream.ts';
import { Outbox } from './outbox.ts';
import { type LineKeys, SealedLine } from './sealed-line.ts';
import { type StreamFrame, weightOf } from './stream-frame.ts';

/** What the reader of a stream lets come before he has read, weighed as `weightOf` does; both sides know it. */
export const windowWeight = 256 * 1024;

/** The reader tells what he has read when it is this much. */
const tellWeight = windowWeight / 4;

export type SealedStreamOptions = {
  keys: LineKeys;
  /** Carries a message to the other side, in order or not at all. May throw. */
  send(message: Buffer): void;
  /** Largest piece of data in a message, bytes. */
  pieceBytes: number;
  /** A side that says nothing says that it is alive this often, milliseconds. */
  aliveMs: number;
  /** Of whom nothing is heard for so long is gone, milliseconds. */
  silenceMs: number;
  clock: Clock;
};

/**
 * One side of a byte stream over messages that can be lost, forged and repeated by what carries them. Bytes come in order
 * and whole, or the stream breaks. The other side sends no more than the window that was not read yet.
 */
export class SealedStream extends Duplex {
  readonly #line: SealedLine;
  readonly #send: SealedStreamOptions['send'];
  readonly #outbox: Outbox;
  readonly #unread: Buffer[] = [];
  readonly #alive: Timer;
  readonly #silence: Timer;
  #unreadWeight = 0;
  #untoldWeight = 0;
  #isWanted = false;
  /** Whether the other side has said that no more comes. */
  #hasEnded = false;
  #onWritten: (() => void) | undefined;

  constructor({ keys, send, pieceBytes, aliveMs, silenceMs, clock }: SealedStreamOptions) {
    super();
    this.#line = new SealedLine(keys);
    this.#send = send;
    this.#outbox = new Outbox({ windowWeight, pieceBytes });
    this.#alive = clock.after(aliveMs, () => this.#say({ kind: 'alive' }));
    this.#silence = clock.after(silenceMs, () =>
      this.destroy(new BrokenStream('nothing was heard of the other side of a stream')),
    );
  }

  /** Lets the other side know that this one is here. */
  greet(): void {
    this.#say({ kind: 'alive' });
  }

  /** Takes a message; whether it was one of the other side. */
  receive(message: Buffer): boolean {
    if (this.destroyed) return false;
    const heard = this.#line.hear(message);
    if (heard.kind === 'nothing') return false;
    this.#silence.refresh();
    if (heard.kind === 'frame') this.#take(heard.frame);
    else this.destroy(new BrokenStream('a part of a stream between nodes was lost'));
    return true;
  }

  override _read(): void {
    this.#isWanted = true;
    this.#pass();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, written: () => void): void {
    this.#outbox.put(chunk);
    this.#onWritten = written;
    this.#flush();
  }

  override _writev(chunks: { chunk: Buffer }[], written: () => void): void {
    for (const { chunk } of chunks) this.#outbox.put(chunk);
    this.#onWritten = written;
    this.#flush();
  }

  override _final(finished: () => void): void {
    this.#say({ kind: 'end' });
    finished();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const isWhole = this.#hasEnded && this.writableFinished;
    if (!isWhole) this.#say({ kind: 'gone' });
    this.#alive.cancel();
    this.#silence.cancel();
    this.#unread.length = 0;
    done(error);
  }

  #take(frame: StreamFrame): void {
    switch (frame.kind) {
      case 'data':
        this.#keep(frame.bytes);
        break;
      case 'read':
        this.#outbox.makeRoom(frame.weight);
        this.#flush();
        break;
      case 'end':
        this.#hasEnded = true;
        this.#pass();
        break;
      case 'gone':
        this.#leaveBehind();
        break;
      case 'alive':
    }
  }

  #keep(bytes: Buffer): void {
    this.#unread.push(bytes);
    this.#unreadWeight += weightOf(bytes.length);
    if (this.#unreadWeight > windowWeight)
      this.destroy(new BrokenStream('the other side of a stream sends more than it may'));
    else this.#pass();
  }

  /** Gives the reader what he wants of what is there. */
  #pass(): void {
    while (this.#isWanted) {
      const bytes = this.#unread.shift();
      if (!bytes) break;
      const weight = weightOf(bytes.length);
      this.#unreadWeight -= weight;
      this.#untoldWeight += weight;
      // Whoever is given it may ask for more at once.
      this.#isWanted = false;
      if (this.push(bytes)) this.#isWanted = true;
    }
    if (this.#untoldWeight >= tellWeight) {
      this.#say({ kind: 'read', weight: this.#untoldWeight });
      this.#untoldWeight = 0;
    }
    if (this.#hasEnded && this.#unread.length === 0 && this.#isWanted) {
      this.#isWanted = false;
      this.push(null);
    }
  }

  /** The other side is gone. What it said to its end is still read; nobody hears what is written. */
  #leaveBehind(): void {
    const gone = () => void this.destroy(new BrokenStream('the other side of a stream is gone'));
    if (!this.#hasEnded || this.readableEnded) gone();
    else this.once('end', gone);
  }

  #flush(): void {
    for (let bytes = this.#outbox.next(); bytes; bytes = this.#outbox.next())
      this.#say({ kind: 'data', bytes });
    if (!this.#outbox.isEmpty) return;
    const written = this.#onWritten;
    this.#onWritten = undefined;
    written?.();
  }

  #say(frame: StreamFrame): void {
    if (this.destroyed && frame.kind !== 'gone') return;
    this.#alive.refresh();
    try {
      this.#send(this.#line.say(frame));
    } catch (cause) {
      this.destroy(new BrokenStream('a stream between nodes could not be written to', { cause }));
    }
  }
}
