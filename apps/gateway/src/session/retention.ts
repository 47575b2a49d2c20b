import type { Clock, Timer } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import type { SessionStore } from '../store/store.ts';
import { TrustedTime } from './trusted-time.ts';

/** Sessions looked up at once. */
const batch = 20;
const longestPauseMs = 3_600_000;
const shortestPauseMs = 1_000;

type RetentionOptions = {
  store: Pick<SessionStore, 'untouchedSince' | 'list'>;
  /** Deletes this session for good, unless there is something new in it; whether it is gone. */
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
    const { store, expire, logger } = this.#options;
    const kept = new Set<string>();
    for (;;) {
      const ids = store.untouchedSince(before, batch + kept.size).filter((id) => !kept.has(id));
      if (ids.length === 0) return;
      for (const id of ids) {
        if (this.#isStopped) return;
        if (await expire(id, before)) logger.info({ session: id }, 'session removed by retention');
        else kept.add(id);
      }
    }
  }
}
