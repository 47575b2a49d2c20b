import { JetStreamApiCodes, JetStreamApiError, jetstream } from '@nats-io/jetstream';
import { type KV, type KvEntry, Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { ClusterKeys } from './cluster-keys.ts';
import { type Lease, readLease } from './lease.ts';
import { type Letter, type Letters, readLetter } from './letters.ts';

/** What is left of lives that are long over is swept then. Nothing is concluded from it. */
const sweepMs = 3_600_000;

/** A lease, who wrote it, and the number of his letter. */
export type WrittenLease = Lease & Pick<Letter, 'from' | 'number'>;

/** What stands under the name of a life. */
export type LeaseEntry = {
  life: string;
  /** The bucket's number of this change; 0: nothing stands there. */
  revision: number;
  /** Undefined: nobody of this cluster wrote it. */
  lease: WrittenLease | undefined;
};

/** Hearing of changes, until it is stopped. */
export type Following = {
  /** Resolves when no more are heard of. */
  ended: Promise<void>;
  stop(): void;
};

type BucketOptions = { connection: NatsConnection; keys: ClusterKeys; timeoutMs: number };

/**
 * The leases of all lives, in a bucket of JetStream. Whoever writes says which change he knew last, and of two who knew
 * the same one only the first can write: so a life cannot both renew and be given up.
 */
export class LeaseBucket {
  readonly #manager: Kvm;
  readonly #keys: ClusterKeys;
  readonly #name: string;
  readonly #timeoutMs: number;
  #bucket: KV | undefined;

  constructor({ connection, keys, timeoutMs }: BucketOptions) {
    this.#manager = new Kvm(jetstream(connection, { timeout: timeoutMs }));
    this.#keys = keys;
    this.#name = `hotplex_${keys.name}_leases`;
    this.#timeoutMs = timeoutMs;
  }

  /** The revision of what was written; undefined if somebody else wrote after `after`. Throws if NATS does not answer. */
  async write(lease: Lease, { by, after }: { by: Letters; after: number }): Promise<number | undefined> {
    const letter = by.write(aboutOf(lease.life), JSON.stringify(lease));
    try {
      return await this.#with((bucket) =>
        bucket.put(lease.life, letter, { previousSeq: after, timeout: this.#timeoutMs }),
      );
    } catch (error) {
      if (isOutrun(error)) return undefined;
      throw error;
    }
  }

  /** Throws if NATS does not answer. */
  async read(life: string): Promise<LeaseEntry> {
    const entry = await this.#with((bucket) => bucket.get(life));
    return entry ? this.#entryOf(entry) : { life, revision: 0, lease: undefined };
  }

  /**
   * Tells what stands there and then every change, until it is stopped or NATS ends it. Resolves when what stood there
   * was told; that must not be nothing. Throws if NATS does not answer.
   */
  async follow(told: (entry: LeaseEntry) => void): Promise<Following> {
    const changes = await this.#with((bucket) => bucket.watch());
    const { promise: caughtUp, resolve } = Promise.withResolvers<void>();
    const tell = async () => {
      for await (const change of changes) {
        told(this.#entryOf(change));
        if (change.delta === 0) resolve();
      }
      resolve();
    };
    const following = { ended: tell(), stop: () => changes.stop() };
    await caughtUp;
    return following;
  }

  async #with<Result>(ask: (bucket: KV) => Promise<Result>): Promise<Result> {
    try {
      // NOTE: reads go to the leader; a replica may not have heard of the last change.
      this.#bucket ??= await this.#manager.create(this.#name, { ttl: sweepMs, allow_direct: false });
      return await ask(this.#bucket);
    } catch (error) {
      // It may be that the bucket is gone: a NATS that keeps nothing was started anew.
      if (!isOutrun(error)) this.#bucket = undefined;
      throw error;
    }
  }

  #entryOf({ key: life, revision, value, operation }: KvEntry): LeaseEntry {
    const letter = operation === 'PUT' ? readLetter(value, aboutOf(life), this.#keys) : undefined;
    const lease = letter && readLease(letter.text);
    const { from = '', number = 0 } = letter ?? {};
    // A life renews itself; that it is over, others may write, too.
    const isTrue = lease?.life === life && (lease.isOver || from === life);
    return { life, revision, lease: isTrue ? { ...lease, from, number } : undefined };
  }
}

const aboutOf = (life: string): string => `lease of ${life}`;

function isOutrun(error: unknown): boolean {
  return error instanceof JetStreamApiError && outrunCodes.has(error.code);
}

const outrunCodes: ReadonlySet<number> = new Set([
  JetStreamApiCodes.StreamWrongLastSequence,
  JetStreamApiCodes.StreamWrongLastSequenceUnknown,
]);
