import type { Lease } from '../../../src/cluster/nats/lease.ts';
import type { LeaseBucket, LeaseEntry } from '../../../src/cluster/nats/lease-bucket.ts';
import type { Letters } from '../../../src/cluster/nats/letters.ts';

/** A bucket of leases in one process, which a test makes fail. */
export class MemoryBucket implements Pick<LeaseBucket, 'write' | 'read'> {
  /** Whether it answers. */
  isThere = true;
  /** Whether it does what it is asked and then does not answer. */
  losesAnswers = false;
  writes = 0;
  readonly #entries = new Map<string, LeaseEntry>();
  #revision = 0;

  async write(lease: Lease, { after }: { by: Letters; after: number }): Promise<number | undefined> {
    if (!this.isThere) throw new Error('no answer');
    this.writes += 1;
    const revision = this.#put(lease, after);
    if (this.losesAnswers) throw new Error('no answer');
    return revision;
  }

  async read(life: string): Promise<LeaseEntry> {
    if (!this.isThere) throw new Error('no answer');
    return this.#entry(life);
  }

  /** As another node does it. */
  giveUp(life: string): void {
    const { lease, revision } = this.#entry(life);
    if (lease) this.#put({ ...lease, isOver: true }, revision);
  }

  forge(life: string): void {
    this.#revision += 1;
    this.#entries.set(life, { life, revision: this.#revision, lease: undefined });
  }

  remove(life: string): void {
    this.#entries.delete(life);
  }

  #entry(life: string): LeaseEntry {
    return this.#entries.get(life) ?? { life, revision: 0, lease: undefined };
  }

  #put(lease: Lease, after: number): number | undefined {
    if (this.#entry(lease.life).revision !== after) return undefined;
    this.#revision += 1;
    const written = { ...lease, from: lease.life, number: this.#revision };
    this.#entries.set(lease.life, { life: lease.life, revision: this.#revision, lease: written });
    return this.#revision;
  }
}
