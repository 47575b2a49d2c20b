import type { SessionState } from '@hotplex/aep-protocol';
import * as z from 'zod';
import type { Clock } from '../ground/clock.ts';
import type { WorkerChange, WorkerRecord } from '../store/store.ts';
import type { Exit, StartWorker, Worker, WorkerEvent, WorkerOptions, WorkerState } from '../worker/worker.ts';
import { endingTurn } from './take-over.ts';
import type { PoolMember } from './worker-pool.ts';
import { type TurnExpiry, type WatchLimits, WorkerWatch } from './worker-watch.ts';

/** How an open turn is closed when its worker is ended on purpose. */
export type Ending = { stopReason: string; state: SessionState; message: string };

/** Of one that is ended in the middle of its work, or may be: the next prompt resumes the session. */
export const interruptedBy = (message: string): Ending => ({
  ...{ stopReason: 'interrupted', state: 'terminated', message },
});

type SlotOptions = {
  ownerId: string;
  start: StartWorker;
  clock: Clock;
  limits: WatchLimits;
  /** How a worker of this session is to be started now. */
  describe(): WorkerOptions;
  /** How the session stands now, for the watch. */
  standing(): { turnId: string | null; isAsking: boolean };
  onEvents(events: readonly WorkerEvent[]): void;
  /** The worker is gone; `ending` says why, if it was ended on purpose. */
  onExit(exit: Exit, ending: Ending | undefined): void;
  /** A turn took too long. A process that is too old or idle for too long is ended here, without asking. */
  onExpired(expiry: TurnExpiry): void;
  /** The worker is about to be ended on purpose: `save` says so from now on. */
  onEnding(): void;
  /** A worker that was collected is gone: there may be another. */
  onFree(): void;
};

const savedMemory = z.object({ background: z.number(), worker: z.unknown() });

/** NOTE: what another version wrote and nobody can read is nothing to the worker, who then refuses it. */
function readMemory(memory: string): z.infer<typeof savedMemory> {
  try {
    return savedMemory.parse(JSON.parse(memory));
  } catch {
    return { background: 0, worker: undefined };
  }
}

/** The place of the session's worker: there is none or one, started when it is needed and ended when it is not. */
export class WorkerSlot implements PoolMember {
  readonly #options: SlotOptions;
  readonly #watch: WorkerWatch;
  #worker: Worker | undefined;
  #ending: Ending | undefined;
  #background = 0;
  /** What the store has, or will have, of the worker's memory; undefined if nobody can go on with it. */
  #savedMemory: string | undefined;
  #isLeft = false;

  constructor(options: SlotOptions) {
    this.#options = options;
    this.#watch = new WorkerWatch(options.clock, options.limits, (expiry) => {
      if (expiry === 'idle' || expiry === 'lifetime') this.collect(`${expiry}_timeout`);
      else options.onExpired(expiry);
    });
  }

  /** Undefined while no worker runs; asking for it starts none. */
  get worker(): Worker | undefined {
    return this.#worker;
  }

  get pid(): number | undefined {
    return this.#worker?.pid;
  }

  get ownerId(): string {
    return this.#options.ownerId;
  }

  get hasWorker(): boolean {
    return this.#worker !== undefined;
  }

  get idleSince(): number | undefined {
    return this.#ending ? undefined : this.#watch.idleSince;
  }

  /** Whether a later gateway can go on with the worker as it is stored. */
  get isSaved(): boolean {
    return this.#savedMemory !== undefined;
  }

  get isEnding(): boolean {
    return this.#ending !== undefined;
  }

  ensure(): Worker {
    return this.#worker ?? this.#start();
  }

  /** Goes on with a process that an earlier gateway started. */
  adopt({ process, offset, memory }: WorkerRecord): Worker {
    const { background, worker } = readMemory(memory);
    this.#background = background;
    this.#savedMemory = memory;
    return this.#start({ process, offset, memory: worker });
  }

  /** How the worker stands now, to be stored for the next gateway; `null` if none could go on from here any more. */
  save(turnId: string | null): WorkerChange | null | undefined {
    const state = this.#worker?.save?.();
    const before = this.#savedMemory;
    this.#savedMemory = state && JSON.stringify({ background: this.#background, worker: state.memory });
    if (!state) return before === undefined ? undefined : null;
    const { process, offset } = state;
    const memory = this.#savedMemory;
    // Most of what an agent says changes nothing of what has to be remembered of it.
    const changed = memory === undefined || memory === before ? {} : { memory };
    return this.inTurn({ process, offset, ...changed }, turnId);
  }

  /** The same worker in this turn; one that is being ended is in none that a later gateway could go on with. */
  inTurn(worker: Omit<WorkerChange, 'turnId'>, turnId: string | null): WorkerChange {
    return { ...worker, turnId: this.#ending ? endingTurn : turnId };
  }

  /** Whether this worker is still the session's, and listens to it. */
  isAt(worker: Worker): boolean {
    return worker === this.#worker && !this.#isLeft;
  }

  /** Hears nothing more of the worker, which goes on by itself for the next gateway. */
  leave(): void {
    this.#isLeft = true;
    this.#worker?.leave?.();
  }

  /** Hears nothing more of the worker, and has none from now on; resolves when its processes are gone. */
  async abandon(): Promise<void> {
    const worker = this.#worker;
    this.#isLeft = true;
    this.#worker = undefined;
    this.#watch.stop();
    await worker?.stop();
  }

  #start(adopt?: WorkerState): Worker {
    const { start, describe, onEvents, onExit } = this.#options;
    const worker = start(
      { ...describe(), ...(adopt && { adopt }) },
      {
        onEvents: (events) => {
          if (this.#isLeft) return;
          const told = events.findLast((event) => event.type === 'background.tasks');
          this.#background = told?.data.count ?? this.#background;
          onEvents(events);
          this.hear();
        },
        onExit: (exit) => {
          if (this.#isLeft) return;
          this.#worker = undefined;
          this.#background = 0;
          onExit(exit, this.#ending);
        },
      },
    );
    this.#worker = worker;
    return worker;
  }

  /** Tells the watch how the session stands now. */
  see(): void {
    const { turnId, isAsking } = this.#options.standing();
    this.#watch.see({ turnId, isAsking, hasWorker: this.hasWorker, background: this.#background });
  }

  /** The worker said something in its turn: it was not silent. */
  hear(): void {
    this.#watch.hear();
  }

  /** Ends a worker that has nothing to do; the next prompt resumes the agent's conversation. */
  collect(message: string): void {
    if (this.idleSince !== undefined) void this.end(interruptedBy(message)).then(this.#options.onFree);
  }

  /** Ends the worker, if there is one; resolves when its processes are gone. The first reason given counts. */
  async end(ending: Ending): Promise<void> {
    if (!this.#worker) return;
    if (!this.#ending) {
      this.#ending = ending;
      this.#options.onEnding();
    }
    try {
      await this.#worker.stop();
    } finally {
      this.#ending = undefined;
    }
  }
}
