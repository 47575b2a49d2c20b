import type { Clock, Timer } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { Logger } from '../../ground/logger.ts';
import type { NodeLife } from '../bus.ts';
import type { ClusterKeys } from './cluster-keys.ts';
import type { LeaseBucket } from './lease-bucket.ts';
import { Letters } from './letters.ts';

/** A life's place in the cluster: who it is, and what it writes with. */
export type OwnLife = { life: NodeLife; letters: Letters };

export type OwnLeaseOptions = {
  bucket: Pick<LeaseBucket, 'write' | 'read'>;
  keys: ClusterKeys;
  node: Omit<NodeLife, 'life' | 'startedAt'>;
  leaseMs: number;
  clock: Clock;
  ids: Pick<Ids, 'uuid'>;
  logger: Logger;
};

export type OwnLeaseListener = {
  onHeld(isHeld: boolean): void;
  onLost(lost: NodeLife): void;
};

type Moment = { elapsed: number; now: number };

/**
 * This node's lease, renewed every third of its time.
 *
 * It is held for `leaseMs` from when the last renewal that was answered was *sent*; others count from when they heard of
 * it, which was later, and wait for a tenth of `leaseMs` longer. So it has ended here before it can end there, as long as
 * no clock runs a tenth faster than another. Two clocks count here, and what is later counts: the monotonic one stands
 * still while a machine is suspended, the wall clock may be set back.
 *
 * A renewal succeeds only if nobody wrote after the last one. Of renewing and being given up the bucket lets one happen:
 * after an outage of NATS a life goes on if nobody gave it up, and is over if somebody did.
 */
export class OwnLease {
  readonly #options: OwnLeaseOptions;
  readonly #listener: OwnLeaseListener;
  #own: OwnLife;
  /** Number of the last renewal that was sent, and of the last that was answered. */
  #sent = 0;
  #answered = 0;
  #revision = 0;
  /** When the last answered renewal was sent. */
  #renewedAt: Moment | undefined;
  #wasHeld = false;
  #isClosed = false;
  #renewing: Promise<void> | undefined;
  #next: Timer | undefined;
  #end: Timer | undefined;

  constructor(options: OwnLeaseOptions, listener: OwnLeaseListener) {
    this.#options = options;
    this.#listener = listener;
    this.#own = this.#newLife();
  }

  get own(): OwnLife {
    return this.#own;
  }

  get isHeld(): boolean {
    return !this.#isClosed && this.#leftMs() > 0;
  }

  /** Takes the lease, from when on it is renewed by itself. Throws if NATS does not answer. */
  async begin(): Promise<void> {
    await this.#renew();
    this.#plan();
  }

  /** Renews it now: the way to NATS is there again. */
  renew(): void {
    if (this.#isClosed || !this.#next) return;
    this.#next.cancel();
    this.#renewing ??= this.#renew()
      .catch((error: Error) => {
        const { logger } = this.#options;
        const told = [{ error: error.message }, 'the lease of this node could not be renewed'] as const;
        // Tried again many times in a second; once is enough to know.
        if (this.#sent === this.#answered + 1) logger.warn(...told);
        else logger.debug(...told);
      })
      .finally(() => {
        this.#renewing = undefined;
        this.#plan();
      });
  }

  /** Writes that this life is over, so that nobody has to wait for it. */
  async giveBack(): Promise<void> {
    if (this.#isClosed) return;
    await this.stop();
    await this.#write(true);
  }

  /** Renews it no more: it runs out. */
  async stop(): Promise<void> {
    this.#isClosed = true;
    this.#next?.cancel();
    this.#end?.cancel();
    await this.#renewing;
  }

  #plan(): void {
    if (this.#isClosed) return;
    const { clock, leaseMs } = this.#options;
    // One that was not answered is tried again soon: there is time for several before the lease is over.
    const waitMs = this.#sent === this.#answered ? leaseMs / 3 : leaseMs / 20;
    this.#next = clock.after(waitMs, () => this.renew());
  }

  async #renew(): Promise<void> {
    const { clock } = this.#options;
    const sentAt: Moment = { elapsed: clock.elapsed(), now: clock.now() };
    this.#sent += 1;
    const revision = await this.#write(false);
    if (revision === undefined) return this.#lookWhoWrote();
    this.#revision = revision;
    this.#answered = this.#sent;
    this.#renewedAt = sentAt;
    this.#watchEnd();
    this.#tellHeld();
  }

  /** For how long it is held yet, milliseconds. */
  #leftMs(): number {
    if (!this.#renewedAt) return 0;
    const { clock, leaseMs } = this.#options;
    const { elapsed, now } = this.#renewedAt;
    return leaseMs - Math.max(clock.elapsed() - elapsed, clock.now() - now);
  }

  #watchEnd(): void {
    this.#end?.cancel();
    if (this.#isClosed) return;
    // Less than nothing: the answer came when it was over.
    const leftMs = Math.max(0, Math.ceil(this.#leftMs()));
    this.#end = this.#options.clock.after(leftMs, () => {
      // NOTE: Node's timers may fire a moment early.
      if (this.isHeld) this.#watchEnd();
      else this.#tellHeld();
    });
  }

  #write(isOver: boolean): Promise<number | undefined> {
    const { bucket, leaseMs } = this.#options;
    const { life, letters } = this.#own;
    const lease = { ...life, leaseMs, renewals: this.#sent, isOver };
    return bucket.write(lease, { by: letters, after: this.#revision });
  }

  /** Somebody wrote: this life itself, if the answer to a renewal was lost; else it is over. */
  async #lookWhoWrote(): Promise<void> {
    const { life } = this.#own.life;
    const { lease, revision } = await this.#options.bucket.read(life);
    const isOwn = lease?.from === life && !lease.isOver && lease.renewals > this.#answered;
    if (isOwn) this.#revision = revision;
    else this.#lose();
    return this.#renew();
  }

  #lose(): void {
    const { life: lost } = this.#own;
    const { logger } = this.#options;
    this.#own = this.#newLife();
    [this.#sent, this.#answered, this.#revision, this.#renewedAt] = [0, 0, 0, undefined];
    logger.warn({ life: lost.life }, 'others gave this node up while it could not renew its lease');
    this.#tellHeld();
    this.#listener.onLost(lost);
  }

  #newLife(): OwnLife {
    const { keys, node, clock, ids } = this.#options;
    const life: NodeLife = { life: ids.uuid(), ...node, startedAt: clock.now() };
    return { life, letters: new Letters(keys, life.life) };
  }

  #tellHeld(): void {
    const { isHeld } = this;
    if (isHeld === this.#wasHeld) return;
    this.#wasHeld = isHeld;
    this.#listener.onHeld(isHeld);
  }
}
