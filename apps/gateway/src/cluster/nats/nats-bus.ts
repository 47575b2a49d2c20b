import type { Duplex } from 'node:stream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '../../ground/clock.ts';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { Ids } from '../../ground/ids.ts';
import type { Logger } from '../../ground/logger.ts';
import type { Bus, NodeLife } from '../bus.ts';
import { type ClusterKeys, createClusterKeys } from './cluster-keys.ts';
import { followLeases } from './follow-leases.ts';
import { LeaseBucket } from './lease-bucket.ts';
import { Listeners } from './listeners.ts';
import { OtherLeases } from './other-leases.ts';
import { OwnLease } from './own-lease.ts';
import { StreamDesk } from './stream-desk.ts';
import { createSubjects, type Subjects } from './subjects.ts';
import { Tellings } from './tellings.ts';

export type NatsBusOptions = {
  connection: NatsConnection;
  /** Of 32 characters or more; the same in all nodes. */
  secret: string;
  node: string;
  workspace: string;
  version: string;
  leaseMs: number;
  clock: Clock;
  ids: Pick<Ids, 'uuid' | 'secret'>;
  logger: Logger;
};

/** A cluster whose nodes meet at a NATS with JetStream. */
export class NatsBus implements Bus {
  readonly #options: NatsBusOptions;
  readonly #keys: ClusterKeys;
  readonly #subjects: Subjects;
  readonly #bucket: LeaseBucket;
  readonly #own: OwnLease;
  readonly #others: OtherLeases;
  readonly #tellings: Tellings;
  readonly #gone: Listeners<NodeLife>;
  readonly #held: Listeners<boolean>;
  readonly #lost: Listeners<NodeLife>;
  #desk: StreamDesk | undefined;
  #take: ((stream: Duplex, from: string) => void) | undefined;
  #stopFollowing: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: NatsBusOptions) {
    const { connection, secret, node, workspace, version, leaseMs, clock, ids, logger } = options;
    this.#options = options;
    this.#gone = new Listeners(logger);
    this.#held = new Listeners(logger);
    this.#lost = new Listeners(logger);
    const keys = createClusterKeys(secret);
    this.#keys = keys;
    this.#subjects = createSubjects(keys.name);
    this.#bucket = new LeaseBucket({ connection, keys, timeoutMs: leaseMs / 6 });
    const bucket = this.#bucket;
    this.#own = new OwnLease(
      { bucket, keys, node: { node, workspace, version }, leaseMs, clock, ids, logger },
      { onHeld: (isHeld) => this.#held.tell(isHeld), onLost: (lost) => this.#onLost(lost) },
    );
    const own = this.#own;
    this.#others = new OtherLeases({ bucket, own, clock, logger, onGone: (life) => this.#onGone(life) });
    this.#tellings = new Tellings({
      connection,
      keys,
      subjects: this.#subjects,
      own,
      others: this.#others,
      logger,
    });
  }

  get cluster(): string {
    return this.#keys.name;
  }

  get self(): NodeLife {
    return this.#own.own.life;
  }

  get isHeld(): boolean {
    return this.#own.isHeld;
  }

  /** Takes a lease and hears who else is there. Throws if NATS does not answer. */
  async begin(): Promise<void> {
    const { connection, clock, logger } = this.#options;
    this.#desk = this.#openDesk();
    await this.#own.begin();
    this.#stopFollowing = await followLeases({
      ...{ connection, bucket: this.#bucket, clock, logger },
      hear: (entry) => this.#others.hear(entry),
      onBack: () => {
        this.#own.renew();
        this.#others.bePatient();
      },
    });
  }

  nodes(): readonly NodeLife[] {
    const others = this.#others.lives();
    return this.isHeld ? [this.self, ...others] : others;
  }

  async find(life: string): Promise<NodeLife | undefined> {
    if (life === this.self.life) return this.self;
    if (this.#others.isGone(life)) return undefined;
    if (!this.#others.life(life))
      this.#others.hear(
        await this.#bucket.read(life).catch((cause) => {
          throw new GatewayError('RECONNECT_REQUIRED', 'the cluster cannot be reached now: try again', {
            cause,
          });
        }),
      );
    return this.#others.life(life);
  }

  onGone(told: (life: NodeLife) => void): void {
    this.#gone.add(told);
  }

  onHeld(told: (isHeld: boolean) => void): void {
    this.#held.add(told);
  }

  onLost(told: (lost: NodeLife) => void): void {
    this.#lost.add(told);
  }

  async connect(life: string): Promise<Duplex> {
    if (!this.#desk || this.#closing || this.#others.isGone(life))
      throw new GatewayError(
        'RECONNECT_REQUIRED',
        'the node that works for this session is gone: connect again',
      );
    return this.#desk.connect(life);
  }

  onConnect(take: (stream: Duplex, from: string) => void): void {
    this.#take = take;
  }

  tell(topic: string, data: string): void {
    if (!this.#closing) this.#tellings.tell(topic, data);
  }

  onTold(topic: string, heard: (data: string) => void): void {
    this.#tellings.onTold(topic, heard);
  }

  close({ keepLease } = { keepLease: false }): Promise<void> {
    this.#closing ??= this.#close(keepLease);
    return this.#closing;
  }

  async #close(keepLease: boolean): Promise<void> {
    const { connection, logger } = this.#options;
    this.#stopFollowing?.();
    this.#others.close();
    this.#desk?.close();
    await (keepLease ? this.#own.stop() : this.#own.giveBack()).catch((error: Error) => {
      logger.warn({ error: error.message }, 'the lease of this node could not be given back: it runs out');
    });
    await connection.close();
  }

  #openDesk(): StreamDesk {
    const { connection, leaseMs, clock, ids, logger } = this.#options;
    return new StreamDesk({
      ...{
        connection,
        keys: this.#keys,
        subjects: this.#subjects,
        own: this.#own.own,
        leaseMs,
        clock,
        ids,
        logger,
      },
      isThere: async (life) => (await this.find(life)) !== undefined,
      take: (stream, from) => {
        if (this.#take) this.#take(stream, from);
        else stream.destroy();
      },
    });
  }

  #onGone(life: NodeLife): void {
    this.#desk?.forget(life.life);
    this.#gone.tell(life);
  }

  /** The streams of the life that is over go with it: the other nodes have ended them. */
  #onLost(lost: NodeLife): void {
    this.#desk?.close();
    if (this.#closing) return;
    this.#desk = this.#openDesk();
    this.#lost.tell(lost);
  }
}
