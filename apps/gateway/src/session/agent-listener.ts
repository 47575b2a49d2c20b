import { canMove } from '@hotplex/aep-protocol';
import type { Exit, InteractionResponse, WorkerEvent } from '../worker/worker.ts';
import type { AgentDrive } from './agent-drive.ts';
import type { AgentOutbox } from './agent-outbox.ts';
import type { Backlog } from './backlog.ts';
import { TurnBudget } from './budget.ts';
import type { SessionOptions } from './session-options.ts';
import { isBudgetQuestion } from './spending.ts';
import { type Places, takeEvent } from './take-event.ts';
import { timeoutError } from './timeout-error.ts';
import type { Ending, WorkerSlot } from './worker-slot.ts';
import type { TurnExpiry } from './worker-watch.ts';

type ListenerParts = Places & {
  slot: WorkerSlot;
  backlog: Backlog;
  drive: AgentDrive;
  outbox: AgentOutbox;
};

/** Hears what the agent of a session says, that it is silent, and that it is gone; writes that down, and sees to what follows. */
export class AgentListener {
  readonly #options: SessionOptions;
  readonly #parts: ListenerParts;
  readonly #budget: TurnBudget;

  constructor(options: SessionOptions, parts: ListenerParts) {
    this.#options = options;
    this.#parts = parts;
    this.#budget = new TurnBudget(options.limits.budget);
  }

  hear(events: readonly WorkerEvent[]): void {
    const { clock, metrics } = this.#options;
    const { slot, turn, outbox, drive, ledger, backlog } = this.#parts;
    const heardAt = clock.elapsed();
    const worker = slot.save(null);
    const exceeded = this.#budget.take(turn.id, events);
    backlog.add({
      collect: (step) => {
        // First, so that it is kept whatever the events are like.
        step.worker = worker;
        for (const event of events) takeEvent(step, event, this.#parts);
        if (exceeded && turn.isOpen) step.tell(exceeded, turn.id);
        step.worker = worker && slot.inTurn(worker, outbox.turnId);
      },
      goOn: ({ answers }) => {
        for (const answer of answers) this.answer(answer);
        if (exceeded) drive.interrupt();
        drive.next();
        if (ledger.record.isArchived) slot.collect('archived');
      },
    });
    // What cannot be stored now is late for another reason.
    if (backlog.isEmpty)
      metrics.observe('gateway_added_latency_seconds', {}, (clock.elapsed() - heardAt) / 1_000);
  }

  /** What it asked is decided. */
  answer(response: InteractionResponse): void {
    const { drive, outbox, slot } = this.#parts;
    if (isBudgetQuestion(response.id)) {
      drive.decided(response);
      return;
    }
    if (slot.worker) outbox.respond(slot.worker, response);
  }

  /** It is gone; `ending` says why, if it was ended on purpose. */
  exited(exit: Exit, ending: Ending | undefined): void {
    const { slot, turn, desk, drive, ledger, backlog } = this.#parts;
    const { state = 'terminated', message = 'worker_exit' } = ending ?? {};
    const worker = slot.save(null);
    backlog.add({
      collect: (step) => {
        const wasOpen = turn.isOpen;
        step.worker = worker;
        turn.lose(step, exit, ending);
        if (wasOpen || !canMove(ledger.record.state, state)) return;
        desk.withdrawAll(step);
        ledger.move(step, state, { message });
      },
      goOn: () => drive.next(),
    });
  }

  /** A turn took too long. */
  expired(expiry: TurnExpiry): void {
    const { turn, drive, backlog } = this.#parts;
    // What the agent said may be waiting to be written down: then it was not silent.
    if (!backlog.isEmpty) return;
    const { watch } = this.#options.limits;
    backlog.add({ collect: (step) => step.tell(timeoutError(expiry, watch), turn.id), goOn: () => {} });
    // An agent that speaks is asked to stop; one that is silent would not hear it.
    if (expiry === 'turn') drive.interrupt();
    else drive.end({ stopReason: 'timeout', state: 'terminated', message: `${expiry}_timeout` });
  }
}
