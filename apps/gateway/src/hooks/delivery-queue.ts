import type { Clock, Timer } from '../ground/clock.ts';
import type { HookDelivery, HookOutbox } from '../ground/hook-delivery.ts';
import type { Logger } from '../ground/logger.ts';
import { backoff } from './backoff.ts';
import type { Outcome } from './format/to-outcome.ts';

/** How long until the outbox is looked at again by itself: an operator may have revived something, or a disk be full. */
const lookMs = 60_000;
/** How long until it is looked whether another gateway, which delivers to this target at the moment, has left something. */
const othersMs = 1_000;

export type QueueOptions = {
  /** The name of the receiver. */
  target: string;
  outbox: HookOutbox;
  /** Tries a delivery once; never throws. */
  send: (delivery: HookDelivery) => Promise<Outcome>;
  /** After so many a delivery is dead. */
  attempts: number;
  clock: Clock;
  random: () => number;
  logger: Logger;
  /** Told each time that nothing is left to deliver. */
  onEmpty?: () => void;
};

/** Delivers to one target, one after the other, each until it was taken or is dead. What is stored once is tried at least once. */
export class DeliveryQueue {
  readonly #options: QueueOptions;
  #timer: Timer | undefined;
  #running: Promise<void> | undefined;
  /** Whether it was woken while it ran. */
  #missed = false;
  #closed = false;
  /** Whether no other gateway delivers to the target meanwhile. */
  #holds = false;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** There may be something to deliver. */
  wake(): void {
    if (this.#closed) return;
    this.#missed = this.#running !== undefined;
    if (this.#missed) return;
    this.#timer?.cancel();
    this.#running = this.#deliverDue().then((waitMs) => {
      this.#running = undefined;
      if (this.#missed) this.wake();
      else if (!this.#closed) this.#timer = this.#options.clock.after(waitMs, () => this.wake());
    });
  }

  /** Resolves when the attempt that is being made is over. What was not delivered stays stored. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    await this.#running;
    if (this.#holds) this.#options.outbox.leaveTarget?.(this.#options.target);
  }

  /** Returns after how many milliseconds to look again. */
  async #deliverDue(): Promise<number> {
    const { outbox, target, logger } = this.#options;
    try {
      while (!this.#closed) {
        const first = this.#due();
        if (typeof first === 'number') return first;
        if (outbox.takeTarget?.(target) === false) return othersMs;
        this.#holds = outbox.leaveTarget !== undefined;
        // Whoever had the target before may have delivered it meanwhile.
        const next = this.#holds ? this.#due() : first;
        if (typeof next === 'number') return next;
        await this.#deliver(next);
      }
    } catch (error) {
      logger.error({ target, error: String(error) }, 'deliveries wait for the disk');
    }
    return lookMs;
  }

  /** What is to be delivered now, or after how many milliseconds to look again. */
  #due(): HookDelivery | number {
    const { outbox, target, clock, onEmpty } = this.#options;
    const next = outbox.nextDelivery(target);
    const waitMs = next ? next.dueAt - clock.now() : lookMs;
    if (next && waitMs <= 0) return next;
    if (this.#holds) outbox.leaveTarget?.(target);
    this.#holds = false;
    if (!next) onEmpty?.();
    return Math.min(waitMs, lookMs);
  }

  async #deliver(delivery: HookDelivery): Promise<void> {
    const { outbox, target, send, clock, random, logger } = this.#options;
    const outcome = await send(delivery);
    if (outcome.taken) {
      outbox.forgetDelivery(delivery.id);
      return;
    }
    const attempts = delivery.attempts + 1;
    const { problem } = outcome;
    if (outcome.final || attempts >= this.#options.attempts) {
      logger.warn({ target, delivery: delivery.id, attempts, problem }, 'a delivery is dead');
      outbox.buryDelivery(delivery.id, problem);
      return;
    }
    logger.info({ target, delivery: delivery.id, attempts, problem }, 'a delivery is tried again');
    outbox.postponeDelivery(delivery.id, clock.now() + backoff(attempts, random), problem);
  }
}
