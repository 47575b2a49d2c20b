import { randomUUID } from 'node:crypto';
import { type Duplex, duplexPair } from 'node:stream';
import type { Bus, NodeLife } from '../../src/cluster/bus.ts';
import { GatewayError } from '../../src/ground/gateway-error.ts';

/** A node of a cluster without a network, whose lease a test can take away. */
export type MemoryNode = Bus & {
  /** It cannot renew any more: its lease is not held, and nobody has noticed yet. */
  goSilent(): void;
  /** It can renew again; if it was given up, as another life. */
  comeBack(): void;
};

type MemberOptions = Partial<Pick<NodeLife, 'node' | 'workspace' | 'version' | 'startedAt'>>;

/** Several nodes in one process, for tests of what is built on a bus. Everything that is told is told at once. */
export class MemoryCluster {
  readonly #members = new Set<Member>();

  /** Another node, which holds its lease. */
  open({
    node = 'node',
    workspace = node,
    version = '0.0.0',
    startedAt = 0,
  }: MemberOptions = {}): MemoryNode {
    const member = new Member({ node, workspace, version, startedAt }, this.#members);
    this.#members.add(member);
    return member;
  }

  /** The lease of this life runs out, as the others see it. */
  giveUp(life: string): void {
    const member = [...this.#members].find(({ self }) => self.life === life);
    if (!member) throw new Error(`there is no life ${life}`);
    member.end();
  }
}

class Member implements MemoryNode {
  readonly cluster = 'memory';
  self: NodeLife;
  readonly #others: ReadonlySet<Member>;
  readonly #topics = new Map<string, Set<(data: string) => void>>();
  readonly #gone = new Set<(life: NodeLife) => void>();
  readonly #held = new Set<(isHeld: boolean) => void>();
  readonly #lost = new Set<(lost: NodeLife) => void>();
  readonly #streams = new Set<Duplex>();
  #take: ((stream: Duplex, from: string) => void) | undefined;
  /** Whether others see its lease. */
  #isThere = true;
  #isClosed = false;
  #isSilent = false;

  constructor(what: Omit<NodeLife, 'life'>, others: ReadonlySet<Member>) {
    this.self = { life: randomUUID(), ...what };
    this.#others = others;
  }

  get isHeld(): boolean {
    return this.#isThere && !this.#isSilent;
  }

  nodes(): readonly NodeLife[] {
    return [...this.#others].filter((member) => member.#isThere).map(({ self }) => self);
  }

  async find(life: string): Promise<NodeLife | undefined> {
    return this.nodes().find((node) => node.life === life);
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
    const other = [...this.#others].find((member) => member.self.life === life && member.#isThere);
    const take = other ? other.#take : undefined;
    if (!other || !take || this.#isClosed)
      throw new GatewayError('RECONNECT_REQUIRED', 'that node is gone: connect again');
    const [near, far] = duplexPair();
    this.#keep(near, far);
    other.#keep(far, near);
    take(far, this.self.life);
    return near;
  }

  onConnect(take: (stream: Duplex, from: string) => void): void {
    this.#take = take;
  }

  tell(topic: string, data: string): void {
    for (const other of this.#others)
      if (other !== this) for (const heard of other.#topics.get(topic) ?? []) heard(data);
  }

  onTold(topic: string, heard: (data: string) => void): void {
    const all = this.#topics.get(topic) ?? new Set();
    this.#topics.set(topic, all.add(heard));
  }

  goSilent(): void {
    this.#isSilent = true;
    this.#tellHeld();
  }

  comeBack(): void {
    this.#isSilent = false;
    if (!this.#isThere) {
      const lost = this.self;
      this.self = { ...lost, life: randomUUID() };
      for (const told of this.#lost) told(lost);
      this.#isThere = true;
    }
    this.#tellHeld();
  }

  /** Its lease is over, and the others are told. */
  end(): void {
    if (!this.#isThere) return;
    this.#isThere = false;
    for (const stream of this.#streams) stream.destroy(reset());
    for (const other of this.#others)
      if (other !== this && !other.#isClosed) for (const told of other.#gone) told(this.self);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.end();
  }

  #tellHeld(): void {
    for (const told of this.#held) told(this.isHeld);
  }

  /** One side of a stream; that it breaks is seen by the other, as over a network. */
  #keep(stream: Duplex, other: Duplex): void {
    this.#streams.add(stream);
    stream.on('error', () => {});
    stream.on('close', () => {
      this.#streams.delete(stream);
      const isWhole = stream.readableEnded && stream.writableFinished;
      if (!isWhole && !other.destroyed) other.destroy(reset());
    });
  }
}

function reset(): Error {
  return Object.assign(new Error('the other side of this stream is gone'), { code: 'ECONNRESET' });
}
