import { z } from 'zod';
import type { Clock } from '../ground/clock.ts';
import { KeyedBuckets } from '../ground/keyed-buckets.ts';
import type { KeyedRate } from '../ground/rate-limit.ts';
import type { Rate } from '../ground/token-bucket.ts';
import type { Bus } from './bus.ts';
import { SharedBucket } from './shared-bucket.ts';

type SharedRatesOptions = {
  bus: Pick<Bus, 'self' | 'isHeld' | 'nodes' | 'tell' | 'onTold'>;
  clock: Clock;
  random: () => number;
};

const askTopic = 'rate-asks';
const giftTopic = 'rate-gifts';

const about = { to: z.uuid(), number: z.int(), rate: z.string(), user: z.string() };
const asked = z.object({ ...about, from: z.uuid(), want: z.number().nonnegative() });
const given = z.object({ ...about, gift: z.number().nonnegative() });

/**
 * Rates of users that hold for all nodes of a cluster together (decision 14). Of n nodes each has the n-th part of a rate,
 * and one more that it can have at once; who runs low asks the others in turn for what they do not need. Nobody waits
 * for an answer: a node only ever takes from what it has. One that cannot renew its lease counts for itself.
 */
export class SharedRates {
  readonly #options: SharedRatesOptions;
  readonly #rates = new Map<string, KeyedBuckets<SharedBucket>>();
  #number = 0;

  constructor(options: SharedRatesOptions) {
    this.#options = options;
    options.bus.onTold(askTopic, (data) => this.#answer(data));
    options.bus.onTold(giftTopic, (data) => this.#receive(data));
  }

  open(name: string, rate: Rate): KeyedRate {
    const { clock, random } = this.#options;
    const share = this.#shareOf(rate);
    const buckets = new KeyedBuckets(
      () => new SharedBucket(clock, share, Math.floor(random() * this.#count())),
    );
    this.#rates.set(name, buckets);
    return {
      take: (user) => {
        const bucket = buckets.of(user);
        const waitMs = bucket.take();
        this.#ask(name, user, bucket);
        // What comes anew at all nodes can be had here.
        return Math.ceil(waitMs / this.#count());
      },
    };
  }

  #count(): number {
    const { bus } = this.#options;
    return bus.isHeld ? bus.nodes().length : 1;
  }

  /** NOTE: the one more is what a node keeps for a user who is not there, so that he is never kept out where he comes. */
  #shareOf(rate: Rate): Rate {
    const count = () => this.#count();
    return {
      get perSecond() {
        return rate.perSecond / count();
      },
      get burst() {
        const nodes = count();
        return nodes === 1 ? rate.burst : rate.burst / nodes + 1;
      },
    };
  }

  #ask(rate: string, user: string, bucket: SharedBucket): void {
    const { bus } = this.#options;
    if (!bus.isHeld) return;
    const from = bus.self.life;
    const others = bus.nodes().flatMap(({ life }) => (life === from ? [] : life));
    const number = this.#number + 1;
    const ask = bucket.ask(others, number);
    if (!ask) return;
    this.#number = number;
    bus.tell(askTopic, JSON.stringify({ ...ask, ...{ from, number, rate, user } }));
  }

  /** NOTE: what is heard is sealed with the cluster's secret; a node of another version may say something else. */
  #answer(data: string): void {
    const { bus } = this.#options;
    const heard = asked.safeParse(JSON.parse(data));
    // Who counts for himself has nothing that is the others'.
    if (!heard.success || heard.data.to !== bus.self.life || !bus.isHeld) return;
    const { from, number, rate, user, want } = heard.data;
    const gift = this.#rates.get(rate)?.of(user).give(want) ?? 0;
    bus.tell(giftTopic, JSON.stringify({ to: from, ...{ number, rate, user, gift } }));
  }

  #receive(data: string): void {
    const heard = given.safeParse(JSON.parse(data));
    if (!heard.success || heard.data.to !== this.#options.bus.self.life) return;
    const { number, rate, user, gift } = heard.data;
    this.#rates.get(rate)?.peek(user)?.receive(number, gift);
  }
}
