import type { Clock } from '../ground/clock.ts';

type TrustedTimeOptions = {
  clock: Pick<Clock, 'now' | 'elapsed'>;
  /** When something last happened, in Unix milliseconds; 0 if nothing ever did. */
  lastChange: number;
  /** A start so long after that is taken for a clock that was set; milliseconds. */
  usualPauseMs: number;
  /** The clock is ahead of the time that was seen to pass, by so many milliseconds. */
  onJump(ms: number): void;
};

const day = 86_400_000;
/** The machine may have slept for so long, or the clock may have been corrected. */
const toleratedMs = 3_600_000;

/**
 * The wall clock for what cannot be taken back: a time it jumped to counts only after a day in which nobody has set it
 * back (requirement G15).
 */
export class TrustedTime {
  readonly #options: TrustedTimeOptions;
  #wall: number;
  #elapsed: number;
  #aheadMs = 0;
  /** On the monotonic clock. */
  #trustedFrom = 0;

  constructor(options: TrustedTimeOptions) {
    const { clock, lastChange, usualPauseMs } = options;
    this.#options = options;
    this.#wall = clock.now();
    this.#elapsed = clock.elapsed();
    const pause = this.#wall - lastChange;
    if (lastChange > 0 && pause > usualPauseMs) this.#distrust(pause);
  }

  /** Unix milliseconds. */
  now(): number {
    const { clock } = this.#options;
    const [wall, elapsed] = [clock.now(), clock.elapsed()];
    const jump = wall - this.#wall - (elapsed - this.#elapsed);
    this.#wall = wall;
    this.#elapsed = elapsed;
    if (elapsed >= this.#trustedFrom) this.#aheadMs = 0;
    if (jump > toleratedMs) this.#distrust(jump);
    else if (jump < 0) this.#aheadMs = Math.max(0, this.#aheadMs + jump);
    return wall - this.#aheadMs;
  }

  #distrust(jump: number): void {
    this.#aheadMs += jump;
    this.#trustedFrom = this.#elapsed + day;
    this.#options.onJump(jump);
  }
}
