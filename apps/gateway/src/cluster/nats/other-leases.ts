import type { Clock, Timer } from '../../ground/clock.ts';
import type { Logger } from '../../ground/logger.ts';
import type { NodeLife } from '../bus.ts';
import { type Lease, lifeOf } from './lease.ts';
import type { LeaseBucket, LeaseEntry, WrittenLease } from './lease-bucket.ts';
import type { OwnLease } from './own-lease.ts';

/** How much longer than its lease a life is waited for, as a part of it. */
const margin = 0.1;

type Known = {
  lease: Lease;
  revision: number;
  /** Number of the last letter that counts up over all of its letters. */
  letter: number;
  judge: Timer;
};

type OtherLeasesOptions = {
  bucket: Pick<LeaseBucket, 'write' | 'read'>;
  own: Pick<OwnLease, 'own' | 'isHeld'>;
  clock: Clock;
  logger: Logger;
  onGone(life: NodeLife): void;
};

/**
 * What is known of the lives of other nodes. One that was not heard of for its lease and a margin is given up, by writing
 * so in the bucket; that fails if it has renewed meanwhile, however late this node hears of it. Who cannot renew himself
 * gives nobody up: it may be he who hears nothing.
 */
export class OtherLeases {
  readonly #options: OtherLeasesOptions;
  readonly #known = new Map<string, Known>();
  readonly #gone = new Set<string>();
  #isClosed = false;

  constructor(options: OtherLeasesOptions) {
    this.#options = options;
  }

  lives(): NodeLife[] {
    return [...this.#known.values()].map(({ lease }) => lifeOf(lease));
  }

  life(life: string): NodeLife | undefined {
    const known = this.#known.get(life);
    return known && lifeOf(known.lease);
  }

  /** Whether it is over for good; false also for what was never heard of. */
  isGone(life: string): boolean {
    return this.#gone.has(life);
  }

  /** Whether a letter of this number is a new one of a life that is there; those of one way come in order. */
  isNewLetter(from: string, number: number): boolean {
    const known = this.#known.get(from);
    if (!known || number <= known.letter) return false;
    known.letter = number;
    return true;
  }

  /** What stands in the bucket now. */
  hear({ life, revision, lease }: LeaseEntry): void {
    const { own } = this.#options;
    if (this.#isClosed || life === own.own.life.life || this.#gone.has(life)) return;
    const known = this.#known.get(life);
    if (known) known.revision = Math.max(known.revision, revision);
    if (lease?.isOver) this.#end(life);
    // What was written before, and written again by somebody else, is no renewal.
    else if (lease && lease.renewals > (known?.lease.renewals ?? 0)) this.#renew(life, { lease, revision });
  }

  #renew(life: string, { lease, revision }: { lease: WrittenLease; revision: number }): void {
    const known = this.#known.get(life);
    known?.judge.cancel();
    // Letters are counted from the first that is heard of: older ones that come later were sent before.
    const letter = known?.letter ?? lease.number;
    this.#known.set(life, { lease, revision, letter, judge: this.#judgeIn(life, patienceOf(lease)) });
  }

  /** Nothing was heard for a while that was not theirs: they have their whole time again. */
  bePatient(): void {
    for (const [life, known] of this.#known) this.#wait(life, known, patienceOf(known.lease));
  }

  close(): void {
    this.#isClosed = true;
    for (const { judge } of this.#known.values()) judge.cancel();
  }

  #judgeIn(life: string, ms: number): Timer {
    return this.#options.clock.after(ms, () => void this.#judge(life));
  }

  #wait(life: string, known: Known, ms: number): void {
    known.judge.cancel();
    known.judge = this.#judgeIn(life, ms);
  }

  async #judge(life: string): Promise<void> {
    const { bucket, own, logger } = this.#options;
    const known = this.#known.get(life);
    if (!known || this.#isClosed) return;
    const soonMs = known.lease.leaseMs * margin;
    if (!own.isHeld) return this.#wait(life, known, soonMs);
    const { lease, revision } = known;
    try {
      const given = await bucket.write({ ...lease, isOver: true }, { by: own.own.letters, after: revision });
      if (given !== undefined) {
        logger.warn(
          { life, node: lease.node },
          'a node was not heard of for longer than its lease and is given up',
        );
        return this.#end(life);
      }
      this.#look(known, await bucket.read(life));
    } catch (error) {
      logger.warn(
        { life, error: String(error) },
        'whether a node is gone cannot be said: NATS does not answer',
      );
      this.#wait(life, known, soonMs);
    }
  }

  /** Somebody wrote after what is known: that life itself, or one who gave it up, or nobody of this cluster. */
  #look(known: Known, entry: LeaseEntry): void {
    this.hear(entry);
    if (this.#known.get(entry.life) !== known) return;
    known.revision = entry.revision;
    this.#wait(entry.life, known, patienceOf(known.lease));
  }

  #end(life: string): void {
    const known = this.#known.get(life);
    this.#gone.add(life);
    this.#known.delete(life);
    known?.judge.cancel();
    if (known && !this.#isClosed) this.#options.onGone(lifeOf(known.lease));
  }
}

const patienceOf = ({ leaseMs }: Lease): number => leaseMs * (1 + margin);
