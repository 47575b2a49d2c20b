import type { Clock, Timer } from '../../ground/clock.ts';

export type EndWatchOptions = {
  clock: Clock;
  /** The turn is over whatever may still come; `lost`: the server's last words for it never came. */
  onEnd(lost: boolean): void;
};

/** The server says idle twice when a turn failed, some 100 ms apart, and may say it before its last words. */
const waits = { soon: 300, late: 3_000 } as const;

/** Waits for the end of a turn that the server called idle, and is called off when it goes on. */
export class EndWatch {
  readonly #options: EndWatchOptions;
  #waiting: { for: 'soon' | 'late'; timer: Timer } | undefined;

  constructor(options: EndWatchOptions) {
    this.#options = options;
  }

  look(awaited: 'none' | 'soon' | 'late'): void {
    if (this.#waiting?.for === awaited) return;
    this.#waiting?.timer.cancel();
    this.#waiting = undefined;
    if (awaited === 'none') return;
    const timer = this.#options.clock.after(waits[awaited], () => {
      this.#waiting = undefined;
      this.#options.onEnd(awaited === 'late');
    });
    this.#waiting = { for: awaited, timer };
  }
}
