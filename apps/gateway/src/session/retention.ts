import { setImmediate as nextRound } from 'node:timers/promises';
import type { Clock, Timer } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import type { SessionStore } from '../store/store.ts';
import { TrustedTime } from './trusted-time.ts';

/** Sessions looked up at once. */
const batch = 20;
const longestPauseMs = 3_600_000;
const shortestPauseMs = 1_000;

type RetentionOptions = {
  store: Pick<SessionStore, 'untouchedSince' | 'list'>;
  /**
   * Deletes this session for good, unless there is something new in it; whether it is gone. What it throws is about this
   * session alone, unless it is GATEWAY_OVERLOAD.
   */
  expire(sessionId: string, untouchedSince: number): Promise<boolean>;
  clock: Clock;
  logger: Logger;
  /** How long a session is kept after its last change at this moment, milliseconds; 0 for ever. */
  keepMs(): number;
};

/** Deletes sessions in which nothing has happened for long, and what a crash left over of deleted ones. */
export class Retention {
  readonly #options: RetentionOptions;
  #time: TrustedTime | undefined;
  #timer: Timer | undefined;
  #isStopped = false;
  /** Which sessions could not be removed at the last look, and at this one so far. */
  #failed = new Set<string>();
  #failing = new Set<string>();

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Looks now, and from then on again and again. Resolves after the first look. */
  start(): Promise<void> {
    return this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  async #look(): Promise<void> {
    const { clock, logger } = this.#options;
    const keepMs = this.#options.keepMs();
    try {
      await this.#expireAll(keepMs === 0 ? 0 : this.#now() - keepMs);
    } catch (error) {
      // A full or failing disk: the next look does it.
      if (!this.#isStopped)
        logger.warn({ error: String(error) }, 'retention was not possible; it is tried again');
    }
    if (this.#isStopped) return;
    const pause =
      keepMs === 0 ? longestPauseMs : Math.max(shortestPauseMs, Math.min(longestPauseMs, keepMs / 10));
    this.#timer = clock.after(pause, () => void this.#look());
  }

  #now(): number {
    this.#time ??= this.#createTime();
    return this.#time.now();
  }

  #createTime(): TrustedTime {
    const { store, clock, keepMs, logger } = this.#options;
    const [newest] = store.list({ limit: 1 });
    return new TrustedTime({
      clock,
      ...{ lastChange: newest?.updatedAt ?? 0, usualPauseMs: keepMs() },
      onJump: (ms) => logger.warn({ ms }, 'the clock is ahead: by its new time nothing is removed for a day'),
    });
  }

  async #expireAll(before: number): Promise<void> {
    const { store, logger } = this.#options;
    [this.#failed, this.#failing] = [this.#failing, new Set()];
    const kept = new Set<string>();
    for (;;) {
      // Twice as many as are known to stay: what stays is not looked up again for each that goes.
      const ids = store.untouchedSince(before, batch + 2 * kept.size).filter((id) => !kept.has(id));
      if (ids.length === 0) return;
      for (const id of ids) {
        if (this.#isStopped) return;
        if (await this.#expire(id, before)) logger.info({ session: id }, 'session removed by retention');
        else kept.add(id);
      }
    }
  }

  /** Whether it is gone. One that cannot be removed, say because its disk is not there, keeps no other. */
  async #expire(id: string, before: number): Promise<boolean> {
    const { expire, logger } = this.#options;
    try {
      return await expire(id, before);
    } catch (error) {
      // Nothing can be written, of no session.
      if (error instanceof GatewayError && error.code === 'GATEWAY_OVERLOAD') throw error;
      const details = { session: id, error: String(error) };
      // There may be many, at each look; they are told of once.
      if (this.#failed.has(id)) logger.debug(details, 'session still not removed by retention');
      else logger.warn(details, 'session not removed by retention; it is tried again');
      this.#failing.add(id);
      await nextRound();
      return false;
    }
  }
}
