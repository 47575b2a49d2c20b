import type { Clock } from '../ground/clock.ts';
import { type Rate, TokenBucket } from '../ground/token-bucket.ts';

/** An answer that comes later than this is none: the giver has got back what it gave. Milliseconds. */
const answerMs = 1_000;
/** Who was given little of what he asked for waits so long before he asks the next node, milliseconds. */
const againMs = 250;
/** A user who said nothing for so long is at another node, milliseconds. */
const activeMs = 5_000;

/** `waitMs`: for how long after it the next one has to wait. */
type Ask = { number: number; want: number; at: number; waitMs: number };

/**
 * This node's share of what one user may still send, and how that share gets what others do not need. It never holds
 * more than `share.burst`, however much it is given: so all shares together are never more than they are when full.
 */
export class SharedBucket {
  readonly #clock: Clock;
  readonly #share: Rate;
  readonly #bucket: TokenBucket;
  #takenAt = Number.NEGATIVE_INFINITY;
  #last: Ask | undefined;
  #turn: number;

  /** `turn` says which of the others is asked first; they are asked in turn. */
  constructor(clock: Clock, share: Rate, turn: number) {
    this.#clock = clock;
    this.#share = share;
    this.#bucket = new TokenBucket(clock, share);
    this.#turn = turn;
  }

  get isFull(): boolean {
    return this.#bucket.isFull;
  }

  /** Takes one and returns 0, or takes none and returns how long to wait for it if nobody gives any, milliseconds. */
  take(): number {
    this.#takenAt = this.#clock.elapsed();
    return this.#bucket.take();
  }

  /** What to ask for, and whom; undefined while there is enough, or something to wait for. */
  ask(others: readonly string[], number: number): { to: string; want: number } | undefined {
    const { level } = this.#bucket;
    const to = others[this.#turn % others.length];
    if (to === undefined || level >= this.#enough || !this.#mayAsk()) return undefined;
    this.#turn = (this.#turn + 1) % others.length;
    const want = this.#share.burst - level;
    this.#last = { number, want, at: this.#clock.elapsed(), waitMs: answerMs };
    return { to, want };
  }

  /** Takes out what another node may have: all but one of a user who is not here, what is more than enough of one who is. */
  give(want: number): number {
    const keep = this.#clock.elapsed() - this.#takenAt < activeMs ? this.#enough : 1;
    const gift = Math.max(0, Math.min(want, this.#bucket.level - keep));
    this.#bucket.add(-gift);
    return gift;
  }

  /** The answer to an ask. */
  receive(number: number, gift: number): void {
    const ask = this.#last;
    if (ask?.number !== number || this.#clock.elapsed() - ask.at > answerMs) return;
    ask.waitMs = gift < ask.want / 4 ? againMs : 0;
    this.#bucket.add(gift);
  }

  /** Who has less than this asks for more. */
  get #enough(): number {
    return Math.max(1, this.#share.burst / 2);
  }

  #mayAsk(): boolean {
    return !this.#last || this.#clock.elapsed() - this.#last.at >= this.#last.waitMs;
  }
}
