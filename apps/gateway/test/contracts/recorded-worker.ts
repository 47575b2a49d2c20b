import type {
  Exit,
  InteractionResponse,
  Worker,
  WorkerCommand,
  WorkerDefinition,
  WorkerEvent,
  WorkerInput,
  WorkerOptions,
} from '../../src/worker/worker.ts';
import { type EventOf, ofType } from './of-type.ts';

export type RecordOptions = Pick<WorkerOptions, 'workDir'> &
  Partial<WorkerOptions> & {
    /** What the session says of tools that ask nobody; default: nothing against them. */
    word?: () => { allowed: boolean; reason?: string; updatedInput?: Record<string, unknown> };
  };

/** A worker whose every word is kept. Waiting ends with an error, never with silence, if the worker exits first. */
export class RecordedWorker implements AsyncDisposable {
  readonly worker: Worker;
  readonly events: WorkerEvent[] = [];
  readonly exits: Exit[] = [];
  #lateEvents = 0;
  #inputs = 0;
  #progress = Promise.withResolvers<void>();

  constructor(
    definition: WorkerDefinition,
    { config = {}, word = () => ({ allowed: true }), ...options }: RecordOptions,
  ) {
    this.worker = definition.start(
      { config, ...options },
      {
        onEvents: (events) => {
          if (this.exits.length > 0) this.#lateEvents += events.length;
          this.events.push(...events);
          for (const { data } of ofType(events, 'tool.check'))
            this.worker.respond?.({ kind: 'permission', id: data.id, ...word() });
          this.#wake();
        },
        onExit: (exit) => {
          this.exits.push(exit);
          this.#wake();
        },
      },
    );
  }

  get pid(): number {
    if (this.worker.pid === undefined) throw new Error('the worker has no process');
    return this.worker.pid;
  }

  /** The native id of the conversation, as told last. */
  get session(): string {
    const told = this.all('worker.session').at(-1);
    if (!told) throw new Error('the worker has not told its session');
    return told.data.id;
  }

  all<T extends WorkerEvent['type']>(type: T, from = 0): EventOf<T>[] {
    return ofType(this.events.slice(from), type);
  }

  /** Resolves with the first event of this type from this position on. */
  async next<T extends WorkerEvent['type']>(type: T, from = 0): Promise<EventOf<T>> {
    return this.until(`an event ${type}`, () => this.all(type, from)[0]);
  }

  /** Resolves with what `find` finds, looked for again whenever the worker said something. */
  async until<T>(what: string, find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      const [exit] = this.exits;
      if (exit) throw new Error(`the worker ended without ${what}: ${JSON.stringify(exit)}`);
      await this.#progress.promise;
    }
  }

  /** Sends a prompt and says where in `events` its turn begins. */
  prompt(content: string, parts?: WorkerInput['parts']): { from: number; input: WorkerInput } {
    const input = { inputId: `input-${++this.#inputs}`, content, ...(parts ? { parts } : {}) };
    const from = this.events.length;
    this.worker.prompt(input);
    return { from, input };
  }

  /** What was told from this position up to and with `done`. */
  async turnFrom(from: number): Promise<WorkerEvent[]> {
    const end = await this.next('done', from);
    return this.events.slice(from, this.events.indexOf(end) + 1);
  }

  /** Sends a prompt and waits for the end of its turn. */
  async turn(content: string): Promise<WorkerEvent[]> {
    return this.turnFrom(this.prompt(content).from);
  }

  respond(response: InteractionResponse): void {
    if (!this.worker.respond) throw new Error('this worker takes no answers');
    this.worker.respond(response);
  }

  /** Gives a command and says where in `events` its answer begins. */
  command(command: WorkerCommand): number {
    if (!this.worker.command) throw new Error('this worker takes no commands');
    const from = this.events.length;
    this.worker.command(command);
    return from;
  }

  async exit(): Promise<Exit> {
    for (;;) {
      const [exit] = this.exits;
      if (exit) return exit;
      await this.#progress.promise;
    }
  }

  /** Stops the worker, and fails the test if it told its exit more than once or said something afterwards. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker.stop();
    await this.exit();
    if (this.exits.length !== 1) throw new Error(`the worker exited ${this.exits.length} times`);
    if (this.#lateEvents > 0) throw new Error(`the worker told ${this.#lateEvents} events after its exit`);
  }

  #wake(): void {
    this.#progress.resolve();
    this.#progress = Promise.withResolvers();
  }
}
