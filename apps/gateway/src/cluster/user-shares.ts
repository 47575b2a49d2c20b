import { z } from 'zod';
import type { Clock, Timer } from '../ground/clock.ts';
import type { UserShare } from '../ground/user-share.ts';
import type { Bus } from './bus.ts';

type UserSharesOptions = {
  bus: Pick<Bus, 'self' | 'isHeld' | 'nodes' | 'tell' | 'onTold' | 'onGone'>;
  /** What each user has here. */
  read(): ReadonlyMap<string, UserShare>;
  clock: Clock;
};

const topic = 'user-shares';
/** How often a node says whose share has changed, milliseconds. */
const tellMs = 1_000;
/** After so many times it says all of them: something may have been lost on the way. */
const tellAllEvery = 5;
/** Users that are told of at once: a few kilobytes. */
const most = 32;

const count = z.int().nonnegative();
const told = z.object({
  life: z.uuid(),
  /** Rises with each time at which a life told all. */
  round: count,
  shares: z.array(z.tuple([z.string(), count, count])),
  /** All were told of this round: who was not among them has nothing. */
  isAll: z.boolean(),
});
type Told = z.infer<typeof told>;

type Heard = UserShare & { round: number };

/**
 * What users have at all nodes together, so that a quota of theirs is one for the cluster. Nobody is asked for it when
 * somebody comes: what was told last counts. That is a second old at most, or five if something was lost on the way. A
 * node that cannot renew its lease counts for itself: what it heard before may long be over, and would keep users out.
 */
export class UserShares {
  readonly #options: UserSharesOptions;
  readonly #heard = new Map<string, Map<string, Heard>>();
  #last: ReadonlyMap<string, UserShare> = new Map();
  #lastLife: string | undefined;
  #round = 0;
  /** How often it has told since it last told all. */
  #times = 0;
  #timer: Timer | undefined;

  constructor(options: UserSharesOptions) {
    this.#options = options;
    const { bus } = options;
    bus.onTold(topic, (data) => this.#hear(data));
    bus.onGone(({ life }) => this.#heard.delete(life));
    this.#tell();
  }

  elsewhere(user: string): UserShare {
    const sum = { connections: 0, agents: 0 };
    if (!this.#options.bus.isHeld) return sum;
    for (const shares of this.#heard.values()) {
      const share = shares.get(user);
      sum.connections += share?.connections ?? 0;
      sum.agents += share?.agents ?? 0;
    }
    return sum;
  }

  close(): void {
    this.#timer?.cancel();
  }

  #tell(): void {
    const { bus, read, clock } = this.#options;
    const now = read();
    const isAll = this.#times === 0 || this.#lastLife !== bus.self.life;
    if (isAll) this.#round += 1;
    this.#say(isAll ? toEntries(now) : changesOf(this.#last, now), isAll);
    this.#last = now;
    this.#lastLife = bus.self.life;
    this.#times = (this.#times + 1) % tellAllEvery;
    this.#timer = clock.after(tellMs, () => this.#tell());
  }

  #say(shares: Told['shares'], isAll: boolean): void {
    const { bus } = this.#options;
    const pieces = Math.ceil(shares.length / most);
    for (let piece = 0; piece < Math.max(pieces, isAll ? 1 : 0); piece += 1) {
      const part: Told = {
        ...{ life: bus.self.life, round: this.#round },
        shares: shares.slice(piece * most, (piece + 1) * most),
        isAll: isAll && piece + 1 >= pieces,
      };
      bus.tell(topic, JSON.stringify(part));
    }
  }

  /** NOTE: what is heard is sealed with the cluster's secret; a node of another version may say something else. */
  #hear(data: string): void {
    const heard = told.safeParse(JSON.parse(data));
    if (!heard.success) return;
    // What a life said may come after its end.
    if (!this.#options.bus.nodes().some((node) => node.life === heard.data.life)) return;
    const { life, round, shares, isAll } = heard.data;
    const known = this.#heard.get(life) ?? new Map<string, Heard>();
    // One that just came knows nothing of anybody.
    if (!this.#heard.has(life)) this.#times = 0;
    this.#heard.set(life, known);
    for (const [user, connections, agents] of shares) known.set(user, { connections, agents, round });
    for (const [user, share] of known) {
      const isNothing = share.connections === 0 && share.agents === 0;
      if (isNothing || (isAll && share.round < round)) known.delete(user);
    }
  }
}

const toEntries = (shares: ReadonlyMap<string, UserShare>): Told['shares'] =>
  [...shares].map(([user, { connections, agents }]) => [user, connections, agents]);

/** Those that are not what they were; who has nothing any more is among them. */
function changesOf(
  before: ReadonlyMap<string, UserShare>,
  now: ReadonlyMap<string, UserShare>,
): Told['shares'] {
  const isSame = (user: string, { connections, agents }: UserShare) =>
    before.get(user)?.connections === connections && before.get(user)?.agents === agents;
  const changed = toEntries(now).filter(
    ([user, connections, agents]) => !isSame(user, { connections, agents }),
  );
  const gone = [...before.keys()].filter((user) => !now.has(user));
  return [...changed, ...gone.map((user): [string, number, number] => [user, 0, 0])];
}
