import type { Identity } from '../auth/identity.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { type KeyedRate, type OpenRate, RateLimit } from '../ground/rate-limit.ts';
import { Tally } from '../ground/tally.ts';
import type { Rate } from '../ground/token-bucket.ts';
import { nowhereElse, type ShareElsewhere } from '../ground/user-share.ts';

/** What one user, or one program with an API key, may have. Read when it is needed: it may change. */
export type UserQuota = { connections: number; inputsPerMinute: number };

export type ClientQuotas = {
  framesPerSecond: number;
  framesBurst: number;
  /** For people: tokens and tickets. */
  user: UserQuota;
  /** For programs, which often speak for many people: API keys. */
  key: UserQuota;
};

/** What was too much, and the numbers a client needs to do better. */
export type Excess = {
  reason: 'frame_rate' | 'input_rate';
  limit: number;
  windowMs: number;
  burst: number;
  retryAfterMs: number;
};

const minuteMs = 60_000;

/** How much each user may have and send, over all connections and reconnects (rule B4). */
export class ClientLimits {
  readonly #quotas: ClientQuotas;
  readonly #frames: RateLimit;
  readonly #inputs: Record<'user' | 'key', KeyedRate>;
  readonly #connections = new Tally();
  readonly #elsewhere: ShareElsewhere;

  /** A node of a cluster hands in what its users have at others, and what counts their prompts at all of them. */
  constructor(
    clock: Clock,
    quotas: ClientQuotas,
    elsewhere: ShareElsewhere = nowhereElse,
    openRate: OpenRate = (_name, rate) => new RateLimit(clock, rate),
  ) {
    const inputs = (kind: 'user' | 'key') =>
      openRate(
        `inputs of a ${kind}`,
        following(() => perMinute(quotas[kind].inputsPerMinute)),
      );
    this.#quotas = quotas;
    this.#elsewhere = elsewhere;
    // Frames are to a session, which is at one node.
    this.#frames = new RateLimit(
      clock,
      following(() => ({ perSecond: quotas.framesPerSecond, burst: quotas.framesBurst })),
    );
    this.#inputs = { user: inputs('user'), key: inputs('key') };
  }

  get frameRate(): Rate {
    return this.#frames.rate;
  }

  /** How many are open here, by user. */
  get connections(): ReadonlyMap<string, number> {
    return this.#connections.counts;
  }

  /** Counts a connection; call the returned function when it is gone. Throws RATE_LIMITED. */
  connect(identity: Identity): () => void {
    const { subject } = identity;
    const { connections: limit } = this.#quotas[kindOf(identity)];
    if (this.#connections.of(subject) + this.#elsewhere(subject).connections >= limit) {
      const message = `you have ${limit} connections open, which is as many as you may: close one`;
      throw new GatewayError('RATE_LIMITED', message, { details: { limit, retry_after_ms: 1_000 } });
    }
    return this.#connections.add(subject);
  }

  /** Counts a frame of a user to a session; undefined if it may pass. */
  takeFrame({ subject }: Identity, sessionId: string): Excess | undefined {
    const retryAfterMs = this.#frames.take(`${subject} ${sessionId}`);
    if (retryAfterMs === 0) return undefined;
    const { framesPerSecond: limit, framesBurst: burst } = this.#quotas;
    return { reason: 'frame_rate', limit, windowMs: 1_000, burst, retryAfterMs };
  }

  /** Counts a prompt of a user to whatever session; undefined if it may pass. */
  takeInput(identity: Identity): Excess | undefined {
    const kind = kindOf(identity);
    const retryAfterMs = this.#inputs[kind].take(identity.subject);
    if (retryAfterMs === 0) return undefined;
    const { inputsPerMinute: limit } = this.#quotas[kind];
    return { reason: 'input_rate', limit, windowMs: minuteMs, burst: limit, retryAfterMs };
  }
}

const perMinute = (count: number): Rate => ({ perSecond: count / 60, burst: count });

/** A rate that is another one when the quotas are. */
const following = (rate: () => Rate): Rate => ({
  get perSecond() {
    return rate().perSecond;
  },
  get burst() {
    return rate().burst;
  },
});

const kindOf = ({ method }: Identity) => (method === 'api_key' ? 'key' : 'user');
