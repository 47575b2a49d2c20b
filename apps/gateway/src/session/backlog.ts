import type { Clock } from '../ground/clock.ts';
import { GatewayError, toGatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import type { Ledger } from './ledger.ts';
import { Step } from './step.ts';

type BacklogOptions = {
  ledger: Ledger;
  clock: Clock;
  logger: Logger;
  /** Told after each happening, before what follows from it. */
  onWritten(): void;
  /** More happened than can be kept; called once for each time the database fails. */
  onOverflow(): void;
  /** All that waited is written down. */
  onDrained(): void;
};

/** Something that happened and cannot be refused: what to write down, and what follows once it is written. */
type Happening = { collect(step: Step): void; goOn(step: Step): void };

const retryMs = 1_000;
/** Happenings, not bytes: one is what a single read from the agent brought, some 64 KiB at most. */
const most = 1_000;

/**
 * Writes down what happened, in order. While the database cannot be used – a full disk – it is kept here and nothing of
 * it is shown, new requests are refused, and all goes on by itself as soon as there is room (requirement G11).
 */
export class Backlog {
  readonly #options: BacklogOptions;
  /** The first one may be collected already: true in memory, but not stored. */
  readonly #waiting: (Happening & { collected?: Step })[] = [];
  #isDraining = false;
  #hasOverflown = false;
  #closed: GatewayError | undefined;

  constructor(options: BacklogOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Throws GATEWAY_OVERLOAD while something waits: what a client asks for now may be refused. Once closed it throws why. */
  requireEmpty(): void {
    if (this.#closed) throw this.#closed;
    if (this.isEmpty) return;
    throw new GatewayError(
      'GATEWAY_OVERLOAD',
      'the gateway cannot write to its database at the moment: make room on its disk, or try again',
    );
  }

  /** Now, or after what waits already. */
  add(happening: Happening): void {
    if (this.#closed) return;
    const isFirst = this.isEmpty && !this.#isDraining;
    this.#waiting.push(happening);
    if (isFirst) this.#drain();
    else this.#watchSize();
  }

  /** Writes nothing more, whatever waits and whatever happens. */
  close(reason: GatewayError): void {
    this.#closed = reason;
    this.#waiting.length = 0;
  }

  #drain(): void {
    this.#isDraining = true;
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      if (this.#write(first)) continue;
      this.#isDraining = false;
      this.#options.clock.after(retryMs, () => this.#retry());
      return;
    }
    this.#isDraining = false;
  }

  #retry(): void {
    this.#drain();
    if (!this.isEmpty || this.#closed) return;
    this.#hasOverflown = false;
    this.#options.logger.info({ session: this.#options.ledger.record.id }, 'stored again');
    this.#options.onDrained();
  }

  /** Whether this one is done with. */
  #write(happening: Happening & { collected?: Step }): boolean {
    try {
      happening.collected ??= this.#collect(happening);
      this.#options.ledger.store(happening.collected);
    } catch (error) {
      this.#log(error, 'not stored; kept and tried again');
      return false;
    }
    const { collected } = happening;
    this.#waiting.shift();
    try {
      this.#options.onWritten();
      happening.goOn(collected);
    } catch (error) {
      // One session may not end the process (requirement G9).
      this.#log(error, 'could not go on');
    }
    return true;
  }

  /** What cannot be read now may be read later; any other failure is ours and would come again for ever. */
  #collect({ collect }: Happening): Step {
    const step = new Step();
    try {
      collect(step);
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      this.#log(error, 'not understood');
    }
    return step;
  }

  #log(thrown: unknown, words: string): void {
    const { code, message } = toGatewayError(thrown);
    const { logger, ledger } = this.#options;
    logger.error({ session: ledger.record.id, error_code: code, message, error: String(thrown) }, words);
  }

  #watchSize(): void {
    if (this.#waiting.length < most || this.#hasOverflown) return;
    this.#hasOverflown = true;
    this.#options.onOverflow();
  }
}
