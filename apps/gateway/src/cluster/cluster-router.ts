import type { Duplex } from 'node:stream';
import { atMost } from '../ground/at-most.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import type { Owner, OwnerTable } from '../ground/owner-table.ts';
import { untilAnswered } from '../ground/until-answered.ts';
import type { Bus } from './bus.ts';
import { HeldSessions } from './held-sessions.ts';
import type { Router, SessionPlace } from './router.ts';

export type ClusterRouterOptions = {
  bus: Pick<Bus, 'self' | 'nodes' | 'find' | 'connect' | 'onLost' | 'isHeld'>;
  owners: OwnerTable;
  /** As which life this node writes to the shared database so far. */
  writesAs: string;
  clock: Clock;
  logger: Logger;
  random: () => number;
  /** Brings a session here from the shared database, and goes on with what its last owner left. */
  bring(sessionId: string, owner: Owner): void;
  /** Lets go of a session that another node has now: nothing of it is written or told here any more. */
  drop(sessionId: string): void;
  /** Ends its work here as it stands; resolves once all of it is in the shared database. */
  hand(sessionId: string): Promise<void>;
};

/** Others may have been quicker, again and again. */
const mostTries = 5;

/** How long somebody who asks waits while this node makes its own what it had under its life before, milliseconds. */
const mostWaitMs = 5_000;

const comeAgain = (message: string) => new GatewayError('RECONNECT_REQUIRED', message);

/**
 * Who works for a session in a cluster. A session belongs to one life of one node, by a row in the shared database that
 * changes hands by comparing and setting; it counts for as long as that life holds its lease. So two nodes may believe
 * to have a session, but only one can write to it.
 */
export class ClusterRouter implements Router {
  readonly #options: ClusterRouterOptions;
  readonly #held: HeldSessions;
  readonly #looking = new Map<string, Promise<SessionPlace>>();
  /** Under way while this node makes its own what it had under its life before. */
  #moving: Promise<void> | undefined;
  #isLeaving = false;
  #isClosed = false;

  constructor(options: ClusterRouterOptions) {
    this.#options = options;
    const { bus, owners, writesAs, drop } = options;
    this.#held = new HeldSessions({ owners, drop, life: () => bus.self.life });
    bus.onLost(({ life }) => this.#goOnAfter(life));
    // It may have been given up while it started.
    if (bus.self.life !== writesAs) this.#goOnAfter(writesAs);
  }

  /** Whether it is not settled yet which of its sessions are its own in the life that it has now. */
  get isMoving(): boolean {
    return this.#moving !== undefined;
  }

  async place(sessionId: string): Promise<SessionPlace> {
    if (this.#held.find(sessionId) && this.#options.bus.isHeld && !this.#moving) return 'here';
    const underWay = this.#looking.get(sessionId);
    if (underWay) return underWay;
    const looking = this.#look(sessionId);
    this.#looking.set(sessionId, looking);
    try {
      return await looking;
    } finally {
      this.#looking.delete(sessionId);
    }
  }

  connect(life: string): Promise<Duplex> {
    return this.#options.bus.connect(life);
  }

  /** A session that is about to begin is this node's; the fence that its first write is stored with. */
  begin(sessionId: string): number {
    const { life, workspace } = this.#options.bus.self;
    const owner = { life, workspace, fence: 1 };
    this.#held.begin(sessionId, owner);
    return owner.fence;
  }

  /** The session was lost to another node, or is gone for good. */
  forget(sessionId: string): void {
    this.#held.forget(sessionId);
  }

  /**
   * Lets go of the sessions that are another node's by now; false if that was not to be found out at the moment. Throws
   * GATEWAY_OVERLOAD if nobody can say which those are.
   */
  compare(): Promise<boolean> {
    const { bus, owners } = this.#options;
    const { life } = bus.self;
    // What is on its way to this life is found out by whoever brings it there.
    return this.#held.keepOnly(async () => {
      const ours = await owners.ownedBy(life);
      return this.#moving || bus.self.life !== life ? undefined : ours;
    });
  }

  letGoOfAll(): void {
    for (const [sessionId] of this.#held.all()) this.#held.letGo(sessionId);
  }

  /** Takes up no more sessions, and gives away these of those it has, each as soon as it is handed over. */
  async leave(isToGo: (sessionId: string) => boolean = () => true): Promise<void> {
    this.#isLeaving = true;
    // What somebody asked for before is taken up yet.
    await Promise.allSettled(this.#looking.values());
    const going = this.#held.all().filter(([sessionId]) => isToGo(sessionId));
    await Promise.all(going.map(([sessionId, owner]) => this.#give(sessionId, owner)));
  }

  close(): void {
    this.#isLeaving = true;
    this.#isClosed = true;
  }

  async #look(sessionId: string): Promise<SessionPlace> {
    const { owners, bus } = this.#options;
    for (let tries = 0; tries < mostTries; tries += 1) {
      await this.#untilMoved();
      const { exists, owner: before } = await owners.standing(sessionId);
      // One that begins here meanwhile is here, too.
      if (!exists || this.#held.isStillHeld(sessionId, before)) return 'here';
      const { life, workspace } = bus.self;
      // It has no part in leaving: nobody has asked for it since it was this life's.
      if (this.#isLeaving && before?.life === life) await owners.release(sessionId, before);
      const elsewhere = await this.#elsewhere(before);
      if (elsewhere) return elsewhere;
      const owner = await owners.claim(sessionId, { life, workspace, before });
      if (!owner) continue;
      await this.#bring(sessionId, owner);
      return 'here';
    }
    throw comeAgain('this session changes hands at the moment: try again');
  }

  /** Throws RECONNECT_REQUIRED if that takes too long, as it does while the shared database is away. */
  async #untilMoved(): Promise<void> {
    if (this.#moving) await atMost(this.#options.clock, mostWaitMs, [this.#moving]);
    if (this.#moving)
      throw comeAgain('this node finds out which sessions are its own: try again, or another node');
  }

  /** Undefined: it may be taken up here. */
  async #elsewhere(owner: Owner | undefined): Promise<SessionPlace | undefined> {
    const { bus, random } = this.#options;
    const { life, workspace } = bus.self;
    if (owner?.life && owner.life !== life && (await bus.find(owner.life))) return { life: owner.life };
    const isFitting = owner === undefined || owner.workspace === workspace;
    if (isFitting && !this.#isLeaving && bus.isHeld) return undefined;
    const others = bus
      .nodes()
      .filter((node) => node.life !== life && (!owner || node.workspace === owner.workspace));
    const other = others[Math.floor(random() * others.length)];
    if (other) return { life: other.life };
    throw isFitting
      ? comeAgain('this node takes up no sessions at the moment: try again, or another node')
      : comeAgain(
          `the folder of this session is on ${owner.workspace}, and no node that has it is up: start one`,
        );
  }

  async #bring(sessionId: string, owner: Owner): Promise<void> {
    try {
      // Before it is brought: what follows from that may be lost at once.
      this.#held.take(sessionId, owner);
      this.#options.bring(sessionId, owner);
    } catch (error) {
      // It may have failed after the copy was made, which nobody is to read.
      this.#held.letGo(sessionId);
      await this.#options.owners.release(sessionId, owner);
      throw error;
    }
  }

  /** A database that is away for a moment does not end it: who is not told waits until the lease of this life is over. */
  async #give(sessionId: string, owner: Owner): Promise<void> {
    const { hand, owners, clock, logger } = this.#options;
    const isOver = () => this.#isClosed || this.#held.find(sessionId)?.fence !== owner.fence;
    await untilAnswered(() => hand(sessionId), { clock, logger, isOver });
    if (isOver()) return;
    this.forget(sessionId);
    // The life that it has by then.
    const release = () => owners.release(sessionId, { ...owner, life: this.#options.bus.self.life });
    await untilAnswered(release, { clock, logger, isOver: () => this.#isClosed });
  }

  /** This node was given up while it was cut off: what nobody has taken since is its own still. */
  #goOnAfter(life: string): void {
    const { owners, bus, clock, logger } = this.#options;
    const move = async () => {
      await this.#held.keepOnly(() =>
        untilAnswered(() => owners.move(life, bus.self.life), {
          ...{ clock, logger, isOver: () => this.#isClosed },
        }),
      );
      this.#held.moveTo(bus.self.life);
    };
    const moving = (this.#moving ?? Promise.resolve()).then(move);
    this.#moving = moving;
    void moving.finally(() => {
      if (this.#moving === moving) this.#moving = undefined;
    });
  }
}
