import type { Clock, Timer } from '../../ground/clock.ts';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { Logger } from '../../ground/logger.ts';
import type { SharedLog, SharedOutcome, SharedWrite } from '../shared-log.ts';
import { sizeOf } from './size-of.ts';

type ShipperOptions = { log: SharedLog; clock: Clock; logger: Logger };

type Parcel = { write: SharedWrite; bytes: number; addedAt: number; onOutcome(outcome: SharedOutcome): void };

/** What goes at once, over all sessions: so long an answer takes, and so long others wait for it. */
const batch = { writes: 1_000, bytes: 2 * 1024 * 1024 };
/** What may wait, of all sessions, bytes and milliseconds: with more of it no step is taken. */
const most = { bytes: 64 * 1024 * 1024, waitMs: 5_000 };
const retry = { firstMs: 50, longestMs: 1_000 };

/**
 * Sends what a node writes to the database that all nodes share: in order, one batch at a time, and what comes meanwhile is
 * the next one. While that cannot be reached it is kept and sent again; the log stores nothing twice.
 */
export class LogShipper {
  readonly #options: ShipperOptions;
  /** The first `#inFlight` of them are on their way. */
  readonly #parcels: Parcel[] = [];
  #inFlight = 0;
  #bytes = 0;
  #failures = 0;
  #timer: Timer | undefined;
  #isClosed = false;
  #idle: PromiseWithResolvers<void> | undefined;

  constructor(options: ShipperOptions) {
    this.#options = options;
  }

  /** Throws GATEWAY_OVERLOAD while too much waits, or something waits for too long. */
  requireRoom(): void {
    const { bytes, ms } = this.waiting;
    if (bytes <= most.bytes && ms <= most.waitMs) return;
    throw new GatewayError(
      'GATEWAY_OVERLOAD',
      'the database that the gateways share cannot be reached at the moment, or is too slow: try again',
    );
  }

  /** What waits, and for how long the oldest of it has. */
  get waiting(): { bytes: number; ms: number } {
    const [oldest] = this.#parcels;
    return { bytes: this.#bytes, ms: oldest ? this.#options.clock.elapsed() - oldest.addedAt : 0 };
  }

  /** Sends this behind all that was added before; `onOutcome` is told once what came of it, never before this returns. */
  add(write: SharedWrite, onOutcome: Parcel['onOutcome']): void {
    const bytes = sizeOf(write);
    this.#parcels.push({ write, bytes, addedAt: this.#options.clock.elapsed(), onOutcome });
    this.#bytes += bytes;
    // What is written in the same moment goes together.
    if (this.#parcels.length === 1) queueMicrotask(() => this.#send());
  }

  /** Resolves once nothing waits. */
  async flush(): Promise<void> {
    if (this.#parcels.length === 0) return;
    this.#idle ??= Promise.withResolvers();
    await this.#idle.promise;
  }

  /** Sends nothing more; what waits is forgotten. */
  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
    this.#parcels.length = 0;
    this.#idle?.resolve();
  }

  #send(): void {
    if (this.#isClosed || this.#inFlight > 0 || this.#parcels.length === 0) return;
    this.#inFlight = this.#countOfBatch();
    this.#append();
  }

  /** As many as belong in a batch, at least one. */
  #countOfBatch(): number {
    let bytes = 0;
    const isTooMuch = (parcel: Parcel, index: number) => {
      bytes += parcel.bytes;
      return index > 0 && (index === batch.writes || bytes > batch.bytes);
    };
    const count = this.#parcels.findIndex(isTooMuch);
    return count === -1 ? this.#parcels.length : count;
  }

  #append(): void {
    const writes = this.#parcels.slice(0, this.#inFlight).map(({ write }) => write);
    this.#options.log.append(writes).then(
      (outcomes) => this.#arrived(outcomes),
      (error: unknown) => this.#failed(error),
    );
  }

  #arrived(outcomes: readonly SharedOutcome[]): void {
    if (this.#isClosed) return;
    const { logger } = this.#options;
    if (this.#failures > 0) logger.info({ failures: this.#failures }, 'the shared database answers again');
    this.#failures = 0;
    const arrived = this.#parcels.splice(0, this.#inFlight);
    this.#inFlight = 0;
    this.#bytes -= arrived.reduce((sum, { bytes }) => sum + bytes, 0);
    // First of all: an answer is not worth waiting for what follows from the one before.
    this.#send();
    for (const [index, { onOutcome }] of arrived.entries()) onOutcome(outcomes[index] ?? 'refused');
    if (this.#parcels.length > 0) return;
    this.#idle?.resolve();
    this.#idle = undefined;
  }

  #failed(error: unknown): void {
    if (this.#isClosed) return;
    const { logger, clock } = this.#options;
    if (this.#failures === 0)
      logger.error(
        { error: String(error) },
        'the shared database does not take what is written: kept, and tried again',
      );
    const waitMs = Math.min(retry.longestMs, retry.firstMs * 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = clock.after(waitMs, () => this.#append());
  }
}
