import type { Duplex } from 'node:stream';

/** A node as the others see it. A node that starts again is another life of it, and so is one that was given up. */
export type NodeLife = {
  /** A UUID. */
  life: string;
  node: string;
  /** Label of the disk its work dirs are on. */
  workspace: string;
  version: string;
  /** Unix milliseconds, by the clock of that node; for display. */
  startedAt: number;
};

/** What the nodes of a cluster have between them: who is there, byte streams, and words to all. */
export interface Bus {
  /** Follows from the cluster's secret, and gives nothing of it away: two that differ have different secrets and do not meet. */
  readonly cluster: string;
  /** This node. Another life from when `onLost` is told. */
  readonly self: NodeLife;
  /** Who holds a lease now as far as is known here, this one included once it does. */
  nodes(): readonly NodeLife[];
  /**
   * A life whose lease may still be held; undefined: it is over for good. One that was not heard of is asked for.
   * Throws RECONNECT_REQUIRED if nobody can be asked.
   */
  find(life: string): Promise<NodeLife | undefined>;
  /** Told once of each other life whose lease is over, given back or run out. All nodes agree on it: it never comes back. */
  onGone(told: (life: NodeLife) => void): void;
  /**
   * False from when this life could not renew its lease in time until it could again: others may have taken what it
   * had. It turns false before any of them can.
   */
  readonly isHeld: boolean;
  /** Told of every change of `isHeld`. */
  onHeld(told: (isHeld: boolean) => void): void;
  /**
   * Told when others gave this life up while it could not renew: what it had may be theirs, and it never comes back.
   * `self` is another life by then, which is held when `onHeld` says so.
   */
  onLost(told: (lost: NodeLife) => void): void;
  /**
   * A byte stream to another life. It reports bytes that were lost as an error and never leaves one out. Throws
   * RECONNECT_REQUIRED if that life is gone or does not answer.
   */
  connect(life: string): Promise<Duplex>;
  /** Who takes the streams that other lives open. There is one such taker. */
  onConnect(take: (stream: Duplex, from: string) => void): void;
  /**
   * Best effort, to all other nodes; who must not miss it also looks in the store now and then. A few kilobytes at most.
   * A topic is a word of small letters, digits and hyphens.
   */
  tell(topic: string, data: string): void;
  onTold(topic: string, heard: (data: string) => void): void;
  /** Ends all streams and gives the lease back, unless others are to wait until it has run out. Safe to call twice. */
  close(how?: { keepLease: boolean }): Promise<void>;
}
