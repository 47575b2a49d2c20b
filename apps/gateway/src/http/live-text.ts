import type { Clock, Timer } from '../ground/clock.ts';

type LiveTextOptions = {
  /** The next text to send, if there is one now. Not called again before it has answered. */
  take(): string | undefined | Promise<string | undefined>;
  /** Sent when there was nothing else for a while. */
  beat(): string;
  beatMs: number;
  /** Unix milliseconds after which the client's credential is void; `null` if it does not expire. */
  expiresAt: number | null;
  /** Asked at each beat: whether the client's credential is still good. */
  isWelcome(): Promise<boolean>;
  /** Aborted when the gateway stops. */
  stopping: AbortSignal;
  clock: Clock;
  /** Called once. */
  onClose(): void;
};

/**
 * The body of an answer that does not end: whenever the network takes more it gets the next text, and when there is none it
 * waits for one.
 */
export class LiveText {
  readonly #options: LiveTextOptions;
  readonly #timer: Timer;
  readonly #stop = () => this.close();
  #expiry: Timer | undefined;
  #isBeatDue = false;
  #isOver = false;
  #isWoken = false;
  #wake: (() => void) | undefined;

  constructor(options: LiveTextOptions) {
    const { clock, expiresAt, stopping, beatMs } = options;
    this.#options = options;
    this.#timer = clock.after(beatMs, () => void this.#beat());
    if (expiresAt !== null) this.#expiry = clock.after(Math.max(0, expiresAt - clock.now()), this.#stop);
    if (stopping.aborted) this.close();
    else stopping.addEventListener('abort', this.#stop);
  }

  /** Asks for the next text only when the one before has been taken. */
  get body(): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    return new ReadableStream(
      {
        pull: async (controller) => {
          const text = await this.#next();
          if (text === undefined) controller.close();
          else controller.enqueue(encoder.encode(text));
        },
        cancel: () => this.close(),
      },
      { highWaterMark: 0 },
    );
  }

  /** There may be something to take. */
  wake(): void {
    this.#isWoken = true;
    this.#wake?.();
  }

  /** Safe to call twice. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timer.cancel();
    this.#expiry?.cancel();
    this.#options.stopping.removeEventListener('abort', this.#stop);
    this.#options.onClose();
    this.wake();
  }

  /** Undefined when it is over. */
  async #next(): Promise<string | undefined> {
    for (;;) {
      if (this.#isOver) return undefined;
      this.#isWoken = false;
      const text = (await this.#options.take()) ?? this.#dueBeat();
      if (text !== undefined) return text;
      if (this.#isOver) return undefined;
      if (this.#isWoken) continue;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  #dueBeat(): string | undefined {
    if (!this.#isBeatDue || this.#isOver) return undefined;
    this.#isBeatDue = false;
    return this.#options.beat();
  }

  async #beat(): Promise<void> {
    if (!(await this.#options.isWelcome())) return this.close();
    if (this.#isOver) return;
    this.#isBeatDue = true;
    this.wake();
    this.#timer.refresh();
  }
}
