import type { Clock, Timer } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import { addStats } from './add-stats.ts';
import { isOverload } from './is-overload.ts';
import { type Failure, splitTrial, type Trial, withTrial } from './retry-memory.ts';
import type {
  Exit,
  StartWorker,
  Worker,
  WorkerEvent,
  WorkerInput,
  WorkerListener,
  WorkerState,
} from './worker.ts';

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

type Done = Extract<WorkerEvent, { type: 'done' }>['data'];

/**
 * Lets a turn go on by itself after the model was overloaded for longer than the agent's own patience. Clients see a
 * notice and one turn; the failure is told only when no attempt is left. New input or an interrupt ends the wait.
 */
export function withRetry(start: StartWorker, options: RetryOptions): StartWorker {
  return ({ adopt: left, ...workerOptions }, listener) => {
    const { adopt, trial } = left ? splitTrial(left) : {};
    const retry = new Retry(listener, options, trial);
    const worker = start({ ...workerOptions, ...(adopt && { adopt }) }, retry);
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
      save: () => retry.save(),
      leave() {
        retry.leave();
        worker.leave?.();
      },
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
  #trial: Trial;
  #waiting: Timer | undefined;
  /** While a prompt is on its way that the session knows nothing of: nobody could say later whether the agent got it. */
  #sending = false;

  constructor(listener: WorkerListener, options: RetryOptions, trial: Trial = newTrial()) {
    this.#listener = listener;
    this.#options = options;
    this.#trial = trial;
    this.#awaitRetry();
  }

  save(): WorkerState | undefined {
    const state = this.#sending ? undefined : this.worker?.save?.();
    return state && withTrial(state, this.#trial);
  }

  prompt(input: WorkerInput): void {
    this.#trial = newTrial();
    this.worker?.prompt(input);
  }

  /** What a person says now is better than our own word. */
  steer(input: WorkerInput): void {
    if (!this.stopWaiting()) {
      this.worker?.steer?.(input);
      return;
    }
    this.#send(input, [{ type: 'input.taken', data: { input_id: input.inputId } }]);
  }

  interrupt(): void {
    if (!this.stopWaiting()) {
      this.#trial.interrupted = true;
      this.worker?.interrupt();
      return;
    }
    const { spent } = this.#trial;
    const stats = spent && { ...spent, stop_reason: 'interrupted' };
    this.#trial = newTrial();
    this.#listener.onEvents([{ type: 'done', data: { success: false, ...(stats && { stats }) } }]);
  }

  /** The wait is for the next gateway to end: what is known of it stays as it is. */
  leave(): void {
    this.#waiting?.cancel();
  }

  /** Whether there was a wait to end. The failure that caused it is forgotten. */
  stopWaiting(): boolean {
    if (!this.#waiting) return false;
    this.#endWait();
    this.#trial.held = undefined;
    return true;
  }

  onEvents(events: readonly WorkerEvent[]): void {
    // Most of what an agent says is none of our business.
    const isTalk = !this.#waiting && !this.#trial.held && !events.some(({ type }) => decisive.has(type));
    const told = isTalk ? events : events.flatMap((event) => this.#take(event));
    if (told.length > 0 || events.length === 0) this.#listener.onEvents(told);
  }

  onExit(exit: Exit): void {
    this.#endWait();
    const told = this.#release();
    if (told.length > 0) this.#listener.onEvents(told);
    this.#listener.onExit(exit);
  }

  #take(event: WorkerEvent): WorkerEvent[] {
    if (event.type === 'error' && this.#mayPass(event)) {
      this.#trial.held = event;
      return [];
    }
    if (event.type !== 'done') {
      // The agent goes on by itself, so the failure was not the end of the turn.
      const told = [...(this.#waiting ? this.#giveUp() : this.#release()), event];
      if (event.type === 'turn.started') this.#trial = newTrial();
      return told;
    }
    const { spent, held, interrupted } = this.#trial;
    const stats = addStats(spent, event.data.stats);
    if (held && !event.data.success && !interrupted) {
      this.#trial.spent = stats;
      return [this.#wait(held)];
    }
    const told = [...this.#release(), toDone({ ...event.data, ...(stats && { stats }) })];
    this.#trial = newTrial();
    return told;
  }

  #mayPass({ data }: Failure): boolean {
    const { attempts, maxMs, clock } = this.#options;
    return this.#trial.attempts < attempts && isOverload(data, { now: clock.now(), patienceMs: maxMs });
  }

  #wait({ data }: Failure): WorkerEvent {
    const { attempts, minMs, maxMs, random, clock } = this.#options;
    const trial = this.#trial;
    const wait = Math.min(maxMs, minMs * 2 ** trial.attempts);
    const delay = Math.round(wait * (0.75 + random() * 0.25));
    trial.attempts += 1;
    trial.retryAt = clock.now() + delay;
    this.#awaitRetry();
    const message = `${data.message}; trying again in ${(delay / 1_000).toFixed(1)} s (${trial.attempts} of ${attempts})`;
    const details = {
      attempt: trial.attempts,
      max_retries: attempts,
      retry_delay_ms: delay,
      code: data.code,
    };
    return { type: 'worker.notice', data: { kind: 'retry', message, details } };
  }

  #awaitRetry(): void {
    const { clock, maxMs, ids, prompt } = this.#options;
    const { retryAt } = this.#trial;
    if (retryAt === undefined) return;
    // The wall clock may have been set meanwhile.
    const delay = Math.min(maxMs, Math.max(0, retryAt - clock.now()));
    this.#waiting = clock.after(delay, () => {
      this.stopWaiting();
      this.#send({ inputId: ids.uuid(), content: prompt }, []);
    });
  }

  /** Tells first and notes last, so that the prompt can never be sent twice. */
  #send(input: WorkerInput, told: readonly WorkerEvent[]): void {
    this.#sending = true;
    this.#listener.onEvents(told);
    this.worker?.prompt(input);
    this.#sending = false;
    this.#listener.onEvents([]);
  }

  #endWait(): void {
    this.#waiting?.cancel();
    this.#waiting = undefined;
    this.#trial.retryAt = undefined;
  }

  /** The agent began something else while we waited: the turn that failed is over. */
  #giveUp(): WorkerEvent[] {
    this.#endWait();
    const { spent: stats } = this.#trial;
    return [...this.#release(), toDone({ success: false, ...(stats && { stats }) })];
  }

  #release(): WorkerEvent[] {
    const { held } = this.#trial;
    this.#trial.held = undefined;
    return held ? [held] : [];
  }
}

/** What begins, fails or ends a turn. */
const decisive: ReadonlySet<WorkerEvent['type']> = new Set(['error', 'done', 'turn.started']);

const newTrial = (): Trial => ({ attempts: 0, interrupted: false });

const toDone = (data: Done): WorkerEvent => ({ type: 'done', data });
