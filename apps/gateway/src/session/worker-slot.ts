import type { SessionState } from '@hotplex/aep-protocol';
import type { Exit, StartWorker, Worker, WorkerEvent, WorkerOptions } from '../worker/worker.ts';

/** How an open turn is closed when its worker is ended on purpose. */
export type Ending = { stopReason: string; state: SessionState; message: string };

type SlotOptions = {
  start: StartWorker;
  /** How a worker of this session is to be started now. */
  describe(): WorkerOptions;
  onEvents(events: readonly WorkerEvent[]): void;
  /** The worker is gone; `ending` says why, if it was ended on purpose. */
  onExit(exit: Exit, ending: Ending | undefined): void;
};

/** The place of the session's worker: there is none or one, started when it is needed. */
export class WorkerSlot {
  readonly #options: SlotOptions;
  #worker: Worker | undefined;
  #ending: Ending | undefined;

  constructor(options: SlotOptions) {
    this.#options = options;
  }

  /** Undefined while no worker runs; asking for it starts none. */
  get worker(): Worker | undefined {
    return this.#worker;
  }

  get isEnding(): boolean {
    return this.#ending !== undefined;
  }

  ensure(): Worker {
    if (this.#worker) return this.#worker;
    const { start, describe, onEvents, onExit } = this.#options;
    const worker = start(describe(), {
      onEvents,
      onExit: (exit) => {
        this.#worker = undefined;
        onExit(exit, this.#ending);
      },
    });
    this.#worker = worker;
    return worker;
  }

  /** Ends the worker, if there is one; resolves when its processes are gone. The first reason given counts. */
  async end(ending: Ending): Promise<void> {
    if (!this.#worker) return;
    this.#ending ??= ending;
    try {
      await this.#worker.stop();
    } finally {
      this.#ending = undefined;
    }
  }
}
