import type { InputRecord } from '../store/store.ts';
import type { InteractionResponse, Worker, WorkerCommand, WorkerInput } from '../worker/worker.ts';
import { toAgentParts } from './attachments.ts';
import type { Backlog } from './backlog.ts';
import { type CurrentTurn, isHandedOver } from './current-turn.ts';
import type { InputQueue } from './input-queue.ts';
import type { Ledger } from './ledger.ts';
import type { Release } from './release.ts';
import type { SessionOptions } from './session-options.ts';
import type { WorkerSlot } from './worker-slot.ts';

type OutboxParts = {
  release: Pick<Release, 'after'>;
  slot: WorkerSlot;
  turn: CurrentTurn;
  inputs: InputQueue;
  ledger: Ledger;
  backlog: Backlog;
};

/**
 * What an agent is told, in order, each once the step that it follows from is settled. What has lost its meaning by then –
 * the turn is over, the agent is another one – is not told.
 */
export class AgentOutbox {
  readonly #options: Pick<SessionOptions, 'files' | 'definition'>;
  readonly #parts: OutboxParts;
  /** The turn whose prompt has yet to reach the agent. */
  #promised: string | null = null;

  constructor(options: Pick<SessionOptions, 'files' | 'definition'>, parts: OutboxParts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** The turn in progress, as far as the agent knows of it. */
  get turnId(): string | null {
    const { id } = this.#parts.turn;
    return id === this.#promised ? null : id;
  }

  /** The prompt that the turn in progress begins with. */
  prompt(worker: Worker, input: InputRecord): void {
    const { turn, slot, release } = this.#parts;
    const turnId = turn.id;
    this.#promised = turnId;
    release.after(() => {
      if (this.#promised === turnId) this.#promised = null;
      if (turn.id !== turnId || !slot.isAt(worker) || slot.isEnding) return;
      worker.prompt(this.#toWorkerInput(input));
      this.note();
    });
  }

  /** A prompt for the turn in progress. */
  steer(worker: Worker, { inputId }: InputRecord): void {
    this.#tell(worker, () => {
      const input = this.#parts.inputs.find(inputId);
      if (input && isHandedOver(input)) worker.steer?.(this.#toWorkerInput(input));
    });
  }

  respond(worker: Worker, response: InteractionResponse): void {
    this.#tell(worker, () => worker.respond?.(response));
  }

  /** Asks it to end the turn in progress, and no other. */
  interrupt(worker: Worker): void {
    const { turn } = this.#parts;
    const turnId = turn.id;
    this.#tell(worker, () => {
      if (turn.id === turnId) worker.interrupt();
    });
  }

  command(worker: Worker, command: WorkerCommand): void {
    this.#tell(worker, () => worker.command?.(command));
  }

  /** Writes down how the worker stands after it was given something: a gateway may have to go on from here. */
  note(): void {
    const { slot, backlog } = this.#parts;
    const worker = slot.save(this.turnId);
    if (worker === undefined) return;
    backlog.add({
      collect: (step) => {
        step.worker = worker;
      },
      goOn: () => {},
    });
  }

  #tell(worker: Worker, tell: () => void): void {
    const { release, slot } = this.#parts;
    release.after(() => {
      if (!slot.isAt(worker)) return;
      tell();
      this.note();
    });
  }

  #toWorkerInput({ inputId, content, parts }: InputRecord): WorkerInput {
    if (!parts) return { inputId, content };
    return { inputId, content, parts: toAgentParts(parts, this.#parts.ledger.record, this.#options) };
  }
}
