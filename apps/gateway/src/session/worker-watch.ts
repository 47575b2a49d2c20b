import type { Clock, Timer } from '../ground/clock.ts';

/** How long things may take, in milliseconds; 0 for as long as they like. */
export type WatchLimits = {
  /** From the beginning of a turn to the agent's first word. */
  firstEventMs: number;
  /** From one word of a turn to the next, while nobody is asked anything. */
  inactivityMs: number;
  turnMs: number;
  /** How long a process without work is kept hot. */
  idleMs: number;
  /** How old a process may get; it is ended between turns. */
  lifetimeMs: number;
};

/** Of a turn. */
export type TurnExpiry = 'first_event' | 'inactivity' | 'turn';
/** Of a turn, or of a process that has nothing to do. */
export type Expiry = TurnExpiry | 'idle' | 'lifetime';

/** What a session looks like from here. */
export type Sight = {
  hasWorker: boolean;
  turnId: string | null;
  /** A person is asked something: silence is not the agent's. */
  isAsking: boolean;
  /** Tasks the agent runs in the background: it is not idle. */
  background: number;
};

const nothing: Sight = { hasWorker: false, turnId: null, isAsking: false, background: 0 };

/** Notices when a turn or a process takes longer than it may (rule S4). */
export class WorkerWatch {
  readonly #clock: Clock;
  readonly #limits: WatchLimits;
  readonly #onExpired: (expiry: Expiry) => void;
  readonly #timers = new Map<'turn' | 'silence' | 'idle' | 'lifetime', { timer: Timer; expiry: Expiry }>();
  #seen = nothing;
  #isOld = false;
  #idleSince: number | undefined;

  constructor(clock: Clock, limits: WatchLimits, onExpired: (expiry: Expiry) => void) {
    this.#clock = clock;
    this.#limits = limits;
    this.#onExpired = onExpired;
  }

  /** Since when (monotonic milliseconds) the worker has had nothing to do; undefined if it has, or there is none. */
  get idleSince(): number | undefined {
    return this.#idleSince;
  }

  /** The agent said something. */
  hear(): void {
    const { turnId, isAsking } = this.#seen;
    if (turnId !== null && !isAsking) this.#start('silence', 'inactivity', this.#limits.inactivityMs);
  }

  see(now: Sight): void {
    const before = this.#seen;
    this.#seen = now;
    if (now.turnId !== before.turnId) this.#turnChanged(now);
    else if (now.isAsking !== before.isAsking) this.#askingChanged(now);
    if (now.hasWorker !== before.hasWorker) this.#workerChanged(now);
    this.#watchIdle(now);
  }

  /** There is nothing to watch any more. */
  stop(): void {
    this.see(nothing);
  }

  #turnChanged({ turnId, isAsking }: Sight): void {
    this.#stop('turn');
    this.#stop('silence');
    if (turnId === null) return;
    this.#start('turn', 'turn', this.#limits.turnMs);
    if (!isAsking) this.#start('silence', 'first_event', this.#limits.firstEventMs);
  }

  #askingChanged({ turnId, isAsking }: Sight): void {
    if (isAsking) this.#stop('silence');
    else if (turnId !== null) this.#start('silence', 'inactivity', this.#limits.inactivityMs);
  }

  #workerChanged({ hasWorker }: Sight): void {
    this.#isOld = false;
    this.#stop('lifetime');
    if (!hasWorker) return;
    const { lifetimeMs } = this.#limits;
    if (lifetimeMs === 0) return;
    const timer = this.#clock.after(lifetimeMs, () => {
      this.#isOld = true;
      if (this.#idleSince !== undefined) this.#onExpired('lifetime');
    });
    this.#timers.set('lifetime', { timer, expiry: 'lifetime' });
  }

  #watchIdle({ hasWorker, turnId, background }: Sight): void {
    const isIdle = hasWorker && turnId === null && background === 0;
    if (isIdle === (this.#idleSince !== undefined)) return;
    this.#idleSince = isIdle ? this.#clock.elapsed() : undefined;
    if (!isIdle) this.#stop('idle');
    else if (this.#isOld) this.#onExpired('lifetime');
    else this.#start('idle', 'idle', this.#limits.idleMs);
  }

  #start(name: 'turn' | 'silence' | 'idle', expiry: Expiry, ms: number): void {
    const running = this.#timers.get(name);
    if (running?.expiry === expiry) {
      running.timer.refresh();
      return;
    }
    this.#stop(name);
    if (ms > 0)
      this.#timers.set(name, { timer: this.#clock.after(ms, () => this.#onExpired(expiry)), expiry });
  }

  #stop(name: 'turn' | 'silence' | 'idle' | 'lifetime'): void {
    this.#timers.get(name)?.timer.cancel();
    this.#timers.delete(name);
  }
}
