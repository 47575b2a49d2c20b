import type { TurnStats } from '@hotplex/aep-protocol';
import type { Clock, Timer } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import { addStats } from './add-stats.ts';
import { isOverload } from './is-overload.ts';
import type { Exit, StartWorker, Worker, WorkerEvent, WorkerInput, WorkerListener } from './worker.ts';

export type RetryOptions = {
  clock: Clock;
  ids: Ids;
  /** From 0 to 1; spreads the waits. */
  random: () => number;
  /** How often a turn is tried again. 0 switches it off. */
  attempts: number;
  /** First wait, doubled each time, and the longest; milliseconds. */
  minMs: number;
  maxMs: number;
  /** What the agent is told. The user's prompt is in its memory already and is not said twice. */
  prompt: string;
};

type Failure = Extract<WorkerEvent, { type: 'error' }>;
type Done = Extract<WorkerEvent, { type: 'done' }>['data'];

/**
 * Lets a turn go on by itself after the model was overloaded for longer than the agent's own patience. Clients see a
 * notice and one turn; the failure is told only when no attempt is left. New input or an interrupt ends the wait.
 */
export function withRetry(start: StartWorker, options: RetryOptions): StartWorker {
  return (workerOptions, listener) => {
    const retry = new Retry(listener, options);
    const worker = start(workerOptions, retry);
    retry.worker = worker;
    return {
      get pid() {
        return worker.pid;
      },
      prompt: (input) => retry.prompt(input),
      ...(worker.steer && { steer: (input: WorkerInput) => retry.steer(input) }),
      ...(worker.respond && { respond: worker.respond.bind(worker) }),
      ...(worker.command && { command: worker.command.bind(worker) }),
      interrupt: () => retry.interrupt(),
      stop() {
        retry.stopWaiting();
        return worker.stop();
      },
    };
  };
}

/** Stands between a worker and its session. */
class Retry implements WorkerListener {
  worker: Worker | undefined;
  readonly #listener: WorkerListener;
  readonly #options: RetryOptions;
  #attempts = 0;
  /** Figures of the runs of this turn that failed. */
  #spent: TurnStats | undefined;
  /** An overload that need not be the end of the turn: not told yet. */
  #held: Failure | undefined;
  #waiting: Timer | undefined;
  /** Somebody wants this turn to end: it is not tried again. */
  #interrupted = false;

  constructor(listener: WorkerListener, options: RetryOptions) {
    this.#listener = listener;
    this.#options = options;
  }

  prompt(input: WorkerInput): void {
    this.#forget();
    this.worker?.prompt(input);
  }

  /** What a person says now is better than our own word. */
  steer(input: WorkerInput): void {
    if (!this.stopWaiting()) {
      this.worker?.steer?.(input);
      return;
    }
    this.#listener.onEvents([{ type: 'input.taken', data: { input_id: input.inputId } }]);
    this.worker?.prompt(input);
  }

  interrupt(): void {
    if (!this.stopWaiting()) {
      this.#interrupted = true;
      this.worker?.interrupt();
      return;
    }
    const stats = this.#spent && { ...this.#spent, stop_reason: 'interrupted' };
    this.#forget();
    this.#listener.onEvents([{ type: 'done', data: { success: false, ...(stats && { stats }) } }]);
  }

  /** Whether there was a wait to end. The failure that caused it is forgotten. */
  stopWaiting(): boolean {
    if (!this.#waiting) return false;
    this.#waiting.cancel();
    this.#waiting = undefined;
    this.#held = undefined;
    return true;
  }

  onEvents(events: readonly WorkerEvent[]): void {
    const told = events.flatMap((event) => this.#take(event));
    if (told.length > 0) this.#listener.onEvents(told);
  }

  onExit(exit: Exit): void {
    this.#waiting?.cancel();
    this.#waiting = undefined;
    const told = this.#release();
    if (told.length > 0) this.#listener.onEvents(told);
    this.#listener.onExit(exit);
  }

  #take(event: WorkerEvent): WorkerEvent[] {
    if (event.type === 'error' && this.#mayPass(event)) {
      this.#held = event;
      return [];
    }
    if (event.type !== 'done') {
      // The agent goes on by itself, so the failure was not the end of the turn.
      const told = [...(this.#waiting ? this.#giveUp() : this.#release()), event];
      if (event.type === 'turn.started') this.#forget();
      return told;
    }
    const stats = addStats(this.#spent, event.data.stats);
    if (this.#held && !event.data.success && !this.#interrupted) {
      this.#spent = stats;
      return [this.#wait(this.#held)];
    }
    const told = [...this.#release(), toDone({ ...event.data, ...(stats && { stats }) })];
    this.#forget();
    return told;
  }

  #mayPass({ data }: Failure): boolean {
    const { attempts, maxMs, clock } = this.#options;
    return this.#attempts < attempts && isOverload(data, { now: clock.now(), patienceMs: maxMs });
  }

  #wait({ data }: Failure): WorkerEvent {
    const { attempts, minMs, maxMs, random, clock, ids, prompt } = this.#options;
    const wait = Math.min(maxMs, minMs * 2 ** this.#attempts);
    const delay = Math.round(wait * (0.75 + random() * 0.25));
    this.#attempts += 1;
    this.#waiting = clock.after(delay, () => {
      this.stopWaiting();
      this.worker?.prompt({ inputId: ids.uuid(), content: prompt });
    });
    const message = `${data.message}; trying again in ${(delay / 1_000).toFixed(1)} s (${this.#attempts} of ${attempts})`;
    const details = {
      attempt: this.#attempts,
      max_retries: attempts,
      retry_delay_ms: delay,
      code: data.code,
    };
    return { type: 'worker.notice', data: { kind: 'retry', message, details } };
  }

  /** The agent began something else while we waited: the turn that failed is over. */
  #giveUp(): WorkerEvent[] {
    this.#waiting?.cancel();
    this.#waiting = undefined;
    return [...this.#release(), toDone({ success: false, ...(this.#spent && { stats: this.#spent }) })];
  }

  #release(): WorkerEvent[] {
    const told = this.#held ? [this.#held] : [];
    this.#held = undefined;
    return told;
  }

  #forget(): void {
    this.#attempts = 0;
    this.#spent = undefined;
    this.#held = undefined;
    this.#interrupted = false;
  }
}

const toDone = (data: Done): WorkerEvent => ({ type: 'done', data });
