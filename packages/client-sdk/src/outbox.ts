import type { AepError } from './aep-error.ts';
import { sizeError } from './frame-size.ts';
import type { Frames } from './frames.ts';
import type { Link } from './link.ts';
import type { PendingAnswers } from './pending-answers.ts';
import type { PendingInput } from './pending-input.ts';
import { promptEvent, type Request } from './requests.ts';
import type { TurnBook } from './turn-book.ts';

type OutboxOptions = {
  link: Pick<Link, 'state' | 'isReady' | 'closedError' | 'send'>;
  frames: Frames;
  turns: TurnBook;
  answers: PendingAnswers;
  /** The largest frame that the gateway takes, bytes; undefined before it has said so. */
  maxFrameBytes(): number | undefined;
};

/** What the client says and is answered: prompts and requests. What has no answer yet is said again on the next connection. */
export class Outbox {
  readonly #options: OutboxOptions;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** A prompt that the turns wait for. Without a connection it goes out with the next one. */
  prompt(input: PendingInput, frame = this.frameOf(input)): void {
    if (this.#options.link.isReady) this.#send(input.eventId, frame);
  }

  /** Throws TypeError for what has no JSON: that must not wait to be sent. */
  frameOf(input: PendingInput): string {
    return this.#options.frames.frame(promptEvent(input), input.eventId);
  }

  /** Resolves once it is done; rejects with AepError if it is refused, or the client is closed. */
  ask({ event, confirmation }: Request): Promise<void> {
    const { link, frames, answers } = this.#options;
    if (link.state.status === 'closed') return Promise.reject(link.closedError);
    const id = frames.eventId();
    const frame = frames.frame(event, id);
    const answer = answers.open({ id, frame, confirmation });
    if (link.isReady) {
      this.#send(id, frame);
      if (confirmation === undefined) this.ping();
    }
    return answer;
  }

  /** What was said before counts as heard once this is answered. */
  ping(): void {
    const { link, frames, answers } = this.#options;
    const id = frames.eventId();
    answers.pinged(id);
    link.send(frames.frame({ type: 'ping', data: {} }, id));
  }

  /** There is a new connection. */
  resend(): void {
    const { turns, answers } = this.#options;
    for (const input of turns.unconfirmed) this.prompt(input);
    const unsent = answers.unsent();
    for (const { id, frame } of unsent) this.#send(id, frame);
    if (unsent.length > 0) this.ping();
  }

  /** One of our frames came to nothing. */
  refuse(eventId: string, error: AepError): void {
    const { turns, answers } = this.#options;
    if (!turns.refuse(eventId, error)) answers.refuse(eventId, error);
  }

  /** Sends a frame of ours that has an answer, unless it could only cost us the connection, again and again. */
  #send(eventId: string, frame: string): void {
    const { link, maxFrameBytes } = this.#options;
    const error = sizeError(frame, maxFrameBytes());
    if (error) this.refuse(eventId, error);
    else link.send(frame);
  }
}
