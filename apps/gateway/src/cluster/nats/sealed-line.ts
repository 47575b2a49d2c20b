import { numberOf, openSealed, seal } from './numbered-seal.ts';
import { decodeFrame, encodeFrame, type StreamFrame } from './stream-frame.ts';

/** The keys of a stream, one for each direction. */
export type LineKeys = { outgoing: Buffer; incoming: Buffer };

/** What a message of the other side comes to. */
export type Heard =
  | { kind: 'frame'; frame: StreamFrame }
  /** Nothing: somebody without the keys made it, or said once more what was said before. */
  | { kind: 'nothing' }
  /** Something before it was lost, or it is in words of another version. */
  | { kind: 'broken' };

/** Makes messages of frames and frames of messages: numbered, so that a lost one is noticed, and sealed. */
export class SealedLine {
  readonly #keys: LineKeys;
  #said = 0;
  #heard = 0;

  constructor(keys: LineKeys) {
    this.#keys = keys;
  }

  say(frame: StreamFrame): Buffer {
    const message = seal(encodeFrame(frame), { key: this.#keys.outgoing, number: this.#said });
    this.#said += 1;
    return message;
  }

  hear(message: Buffer): Heard {
    const number = numberOf(message);
    if (number === undefined || number < this.#heard) return { kind: 'nothing' };
    const bytes = openSealed(message, { key: this.#keys.incoming });
    if (!bytes) return { kind: 'nothing' };
    const frame = number === this.#heard ? decodeFrame(bytes) : undefined;
    this.#heard += 1;
    return frame ? { kind: 'frame', frame } : { kind: 'broken' };
  }
}
