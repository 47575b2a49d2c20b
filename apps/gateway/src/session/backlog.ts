import type { Clock } from '../ground/clock.ts';
import { GatewayError, toGatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import type { Ledger } from './ledger.ts';
import { Step } from './step.ts';

type BacklogOptions = {
  ledger: Ledger;
  clock: Clock;
  logger: Logger;
  /** More happened than can be kept; called once. */
  onOverflow(): void;
};

/** Something that happened and cannot be refused: what to write down, and what follows once it is written. */
type Happening = { collect(step: Step): void; goOn(): void };

const retryMs = 1_000;
/** Happenings, not bytes: one is what a single read from the agent brought, some 64 KiB at most. */
const most = 1_000;

/**
 * Writes down what happened, in order. While the database cannot be written – a full disk – it is kept here and nothing
 * of it is shown, new requests are refused, and all goes on by itself as soon as there is room (requirement G11).
 */
export class Backlog {
  readonly #options: BacklogOptions;
  readonly #waiting: Happening[] = [];
  /** Collected, and true in memory, but not stored. */
  #unstored: { step: Step; goOn(): void } | undefined;
  #hasOverflown = false;

  constructor(options: BacklogOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#unstored === undefined;
  }

  /** Throws GATEWAY_OVERLOAD while something waits: what a client asks for now may be refused. */
  requireEmpty(): void {
    if (this.isEmpty) return;
    throw new GatewayError(
      'GATEWAY_OVERLOAD',
      'the gateway cannot write to its database at the moment: make room on its disk, or try again',
    );
  }

  /** Now, or after what waits already. */
  add(happening: Happening): void {
    if (this.#unstored) this.#keep(happening);
    else this.#write(happening);
  }

  #write({ collect, goOn }: Happening): void {
    const step = new Step();
    collect(step);
    this.#store({ step, goOn });
  }

  #store(collected: { step: Step; goOn(): void }): void {
    const { ledger, logger, clock } = this.#options;
    try {
      ledger.store(collected.step);
    } catch (error) {
      const { code, message } = toGatewayError(error);
      if (!this.#unstored)
        logger.error({ session: ledger.record.id, code, message }, 'not stored; kept and tried again');
      this.#unstored = collected;
      clock.after(retryMs, () => this.#retry());
      return;
    }
    collected.goOn();
  }

  #retry(): void {
    const unstored = this.#unstored;
    if (!unstored) return;
    const { ledger, logger, clock } = this.#options;
    try {
      ledger.store(unstored.step);
    } catch {
      clock.after(retryMs, () => this.#retry());
      return;
    }
    this.#unstored = undefined;
    logger.info({ session: ledger.record.id, waiting: this.#waiting.length }, 'stored again');
    unstored.goOn();
    while (!this.#unstored) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#write(next);
    }
  }

  #keep(happening: Happening): void {
    this.#waiting.push(happening);
    if (this.#waiting.length < most || this.#hasOverflown) return;
    this.#hasOverflown = true;
    this.#options.onOverflow();
  }
}
