import { GatewayError } from '../ground/gateway-error.ts';
import type { InputRecord } from '../store/store.ts';
import type { InteractionResponse, Worker } from '../worker/worker.ts';
import type { AgentOutbox } from './agent-outbox.ts';
import type { Backlog } from './backlog.ts';
import type { CurrentTurn } from './current-turn.ts';
import { DueTime } from './due-time.ts';
import type { InputQueue } from './input-queue.ts';
import type { InteractionDesk } from './interaction-desk.ts';
import type { Ledger } from './ledger.ts';
import type { SessionOptions } from './session-options.ts';
import { isStopped, measureOf, Spending } from './spending.ts';
import { Step } from './step.ts';
import { type Ending, interruptedBy, type WorkerSlot } from './worker-slot.ts';

type DriveParts = {
  ledger: Ledger;
  inputs: InputQueue;
  turn: CurrentTurn;
  slot: WorkerSlot;
  backlog: Backlog;
  desk: InteractionDesk;
  outbox: AgentOutbox;
};

/** How long what waits for a place waits before it asks again. */
const roomMs = 1_000;

/** Gives the agent its work, one prompt after the other, starts it for that, and ends it. */
export class AgentDrive {
  readonly #options: SessionOptions;
  readonly #parts: DriveParts;
  readonly #due: DueTime;
  readonly #spending: Spending;
  /** While above 0 what waits goes to no agent. */
  #holds = 0;
  /** The prompt that was interrupted while something kept it from its agent. */
  #interrupted: string | undefined;
  /** Somebody wanted the worker started while something kept it from that. */
  #isWarmingPutOff = false;

  constructor(options: SessionOptions, parts: DriveParts) {
    this.#options = options;
    this.#parts = parts;
    this.#due = new DueTime({ clock: options.clock, onDue: () => this.goOn() });
    const { store, clock, ids, limits } = options;
    this.#spending = new Spending({ store, clock, ids, limits: limits.budget, ledger: parts.ledger });
  }

  /** Begins the turn of the prompt whose turn it is, if nothing is in its way. */
  next(): void {
    const { inputs, turn, slot, backlog, outbox } = this.#parts;
    if (this.#holds > 0 || turn.isOpen || slot.isEnding || !backlog.isEmpty || this.#isDeleted) return;
    const next = () => this.next();
    if (turn.awaitsHandedOver((collect) => backlog.add({ collect, goOn: next }))) return;
    const input = this.#due.first(inputs.waiting);
    if (!input || !this.#mayGoOn() || !this.#hasRoom()) return;
    backlog.add({
      collect: (step) => turn.begin(step, [input]),
      // Started at once, whenever the prompt may reach it: so there is somebody whose end closes the turn.
      goOn: () => {
        outbox.prompt(this.#start(), input);
        if (this.#interrupted === input.inputId) this.interrupt();
      },
    });
  }

  /** Somebody was asked whether the session goes on, and has decided; if nobody did, it is asked anew. */
  decided(answer: InteractionResponse): void {
    const { inputs } = this.#parts;
    if (!isStopped(answer)) this.next();
    else
      this.#parts.backlog.add({
        collect: (step) => inputs.cancelAll(step, inputs.waiting, 'the budget of the session is used up'),
        goOn: () => {},
      });
  }

  /** The same for timers and ends of processes, where nobody would hear of a failure. */
  goOn(): void {
    this.#parts.backlog.add({ collect: () => {}, goOn: () => this.next() });
  }

  /** Gets a prompt that was just taken to the agent as soon as its delivery allows. */
  deliver(input: InputRecord): void {
    if (!this.#parts.turn.isOpen) this.next();
    else if (input.delivery === 'steer') this.#steer(input);
    else if (input.delivery === 'interrupt') this.interrupt();
  }

  /**
   * Asks the turn in progress to end, or the one that begins as soon as nothing is in its way; the session and its process
   * stay. Does nothing between turns.
   */
  interrupt(): void {
    const { desk, inputs, turn, slot, backlog, outbox } = this.#parts;
    this.#interrupted = this.#holds > 0 && !turn.isOpen ? inputs.waiting[0]?.inputId : undefined;
    if (!turn.isOpen || turn.isInterrupted) return;
    backlog.add({ collect: (step) => desk.withdrawAll(step), goOn: () => {} });
    turn.interrupt(() => this.end(interruptedBy('interrupt_forced')));
    if (slot.worker) outbox.interrupt(slot.worker);
  }

  /** Lets nothing go to an agent until this is over. */
  holdUntil(over: Promise<void>): void {
    void this.holdWhile(() => over);
  }

  /** The worker, started if there is none. Throws if the session or the gateway has no place for one. */
  ensure(): Worker {
    this.requireRoom();
    return this.#start();
  }

  /** The worker is started although nothing waits for it, as soon as one may be, unless another would have to make room. */
  warm(): void {
    const { slot, backlog } = this.#parts;
    this.#isWarmingPutOff = this.#holds > 0;
    const isFree = this.#holds === 0 && !slot.worker && backlog.isEmpty && !this.#isDeleted;
    if (isFree && this.#options.hasRoom(slot.ownerId)) this.#start();
  }

  /** Throws if no worker may be started now. */
  requireRoom(): void {
    this.#requireLife();
    if (!this.#parts.slot.worker) this.#options.makeRoom(this.#parts.slot.ownerId);
  }

  /** Ends the worker; what came meanwhile goes to the next one. */
  end(ending: Ending): void {
    const { slot, ledger } = this.#parts;
    slot.end(ending).then(
      () => this.goOn(),
      (error: unknown) =>
        this.#options.logger.error(
          { session: ledger.record.id, error: String(error) },
          'an agent could not be ended',
        ),
    );
  }

  /** Lets nothing go to an agent while this is done. */
  async holdWhile<T>(work: () => Promise<T>): Promise<T> {
    this.#holds += 1;
    try {
      return await work();
    } finally {
      this.#holds -= 1;
      if (this.#isWarmingPutOff) this.warm();
      this.goOn();
    }
  }

  /** Ends the worker and writes down what follows before any other is started. */
  endThen(ending: Ending, collect: (step: Step) => void): Promise<void> {
    return this.holdWhile(async () => {
      await this.#parts.slot.end(ending);
      this.write(collect);
    });
  }

  /** Ends the worker for good: no other is started. */
  async close(ending: Ending): Promise<void> {
    this.#holds += 1;
    await this.#parts.slot.end(ending);
  }

  /** Writes down what somebody asked for; if that is impossible it throws, and nothing happened. */
  write(collect: (step: Step) => void): void {
    const { backlog, ledger, slot } = this.#parts;
    this.#requireLife();
    backlog.requireEmpty();
    const step = new Step();
    collect(step);
    ledger.store(step);
    slot.see();
  }

  /**
   * Hands a prompt to the turn in progress. A worker on its way out takes nothing more, and a session whose budget is
   * used up gives nothing more: the prompt waits then like any other.
   */
  #steer(input: InputRecord): void {
    const { turn, slot, outbox } = this.#parts;
    const { worker } = slot;
    if (!worker?.steer || slot.isEnding || this.#spending.question()) return;
    this.write((step) => turn.handOver(step, input));
    outbox.steer(worker, input);
  }

  #start(): Worker {
    const { slot } = this.#parts;
    if (!slot.worker) this.#options.metrics.count('pool_acquire_total', { result: 'success' });
    const worker = slot.ensure();
    slot.see();
    return worker;
  }

  get #isDeleted(): boolean {
    return this.#parts.ledger.record.state === 'deleted';
  }

  /** A connection may outlive the session it is attached to. */
  #requireLife(): void {
    if (this.#isDeleted) {
      throw new GatewayError('SESSION_NOT_FOUND', 'this session was deleted: open a new one');
    }
  }

  /** Whether there is a budget for what waits; if not, somebody is asked. */
  #mayGoOn(): boolean {
    const { backlog, desk } = this.#parts;
    const question = this.#spending.question();
    const asked = desk.isAsking ? this.#spending.asked : undefined;
    if (!question) {
      // The limit was raised meanwhile.
      if (asked) backlog.add({ collect: (step) => desk.withdraw(step, asked.id), goOn: () => {} });
      return true;
    }
    if (asked) return false;
    const { request, timeoutMs } = question;
    const measure = measureOf(request.data.id);
    backlog.add({
      collect: (step) => desk.add(step, request, null, timeoutMs),
      goOn: () => this.#options.metrics.count('budget_pauses_total', { measure }),
    });
    return false;
  }

  /** Whether a worker may be started for what waits; if not, it is asked again in a while. */
  #hasRoom(): boolean {
    try {
      this.requireRoom();
      return true;
    } catch {
      this.#options.clock.after(roomMs, () => this.goOn());
      return false;
    }
  }
}
