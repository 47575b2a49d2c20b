import type { Clock, Timer } from '../ground/clock.ts';
import type { InputRecord } from '../store/store.ts';

type DueOptions = {
  clock: Clock;
  /** Called when the wait is over. */
  onDue(): void;
};

/** A prompt that has to wait until a time holds up all that wait, and is the first of them then. */
export class DueTime {
  readonly #options: DueOptions;
  #waiting: { inputId: string; timer: Timer } | undefined;
  /** Whose time has come, whatever the wall clock says since. */
  #due: string | undefined;

  constructor(options: DueOptions) {
    this.#options = options;
  }

  /** The prompt whose turn it is; undefined while there is none. */
  first(waiting: readonly InputRecord[]): InputRecord | undefined {
    const held = waiting.find(({ notBefore }) => notBefore !== null);
    if (held?.inputId !== this.#waiting?.inputId) this.#stop();
    if (!held || held.notBefore === null) return waiting[0];
    const { clock, onDue } = this.#options;
    const { inputId, notBefore } = held;
    if (this.#due === inputId || notBefore <= clock.now()) return held;
    const wait = () => {
      this.#due = inputId;
      onDue();
    };
    this.#waiting ??= { inputId, timer: clock.after(notBefore - clock.now(), wait) };
    return undefined;
  }

  #stop(): void {
    this.#waiting?.timer.cancel();
    this.#waiting = undefined;
  }
}
