import type { SessionState, TurnStats } from '@hotplex/aep-protocol';
import type { Timer } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { unknownStats } from '../ground/unknown-stats.ts';
import type { InputRecord } from '../store/store.ts';
import type { Exit } from '../worker/worker.ts';
import { errorEvent, exitError } from './exit-error.ts';
import { toFirstTitle } from './first-title.ts';
import type { InteractionDesk } from './interaction-desk.ts';
import type { Ledger } from './ledger.ts';
import type { SessionOptions } from './session-options.ts';
import type { Step } from './step.ts';
import { addTurn, usageOf } from './turn-totals.ts';

type OpenTurn = {
  readonly id: string;
  /** Monotonic milliseconds; null if an earlier gateway began it: its clock was another. */
  readonly startedAt: number | null;
  /** The prompts it answers: the one that began it and those that were steered into it. */
  readonly inputIds: Set<string>;
  /** Set once somebody asked it to end; fires when the agent does not obey. */
  interrupting?: Timer;
};

/** How a turn ended, and the state it leaves the session in. */
type End = { success: boolean; stats?: TurnStats; state?: SessionState; message?: string; point?: string };

type Told = Pick<End, 'success' | 'point'> & { stats: TurnStats };

/** The turn in progress, from the prompt that begins it to its `done` (rules S1, S2). */
export class CurrentTurn {
  readonly #options: SessionOptions;
  readonly #ledger: Ledger;
  readonly #desk: InteractionDesk;
  #turn: OpenTurn | undefined;
  /** Runs while the agent has a prompt of which it has not said what became of it, and no turn is open. */
  #patience: Timer | undefined;

  constructor(options: SessionOptions, { ledger, desk }: { ledger: Ledger; desk: InteractionDesk }) {
    this.#options = options;
    this.#ledger = ledger;
    this.#desk = desk;
  }

  get isOpen(): boolean {
    return this.#turn !== undefined;
  }

  /** Throws SESSION_BUSY in the middle of a turn. */
  requireNone(): void {
    if (this.isOpen) throw busy();
  }

  get isInterrupted(): boolean {
    return this.#turn?.interrupting !== undefined;
  }

  /** Null while none is in progress. */
  get id(): string | null {
    return this.#turn?.id ?? null;
  }

  begin(step: Step, inputs: readonly InputRecord[]): void {
    const { ids, clock } = this.#options;
    this.#patience?.cancel();
    this.#patience = undefined;
    const id = `turn_${ids.uuid()}`;
    this.#turn = {
      id,
      startedAt: clock.elapsed(),
      inputIds: new Set(inputs.map(({ inputId }) => inputId)),
    };
    step.session.turn = { id, firstSeq: this.#ledger.record.lastSeq + step.pending.length + 1 };
    for (const input of inputs) this.#ledger.settle(step, input, 'delivered', { turnId: id });
    this.#ledger.move(step, 'running', { turnId: id });
    this.#name(step, inputs);
  }

  /** What the session is called until the agent, or a person, has a better name. */
  #name(step: Step, [first]: readonly InputRecord[]): void {
    if (this.#ledger.record.title !== null || !first) return;
    const title = toFirstTitle(first.content);
    if (title === null) return;
    step.session.title = title;
    step.tell({ type: 'session.title', data: { title } }, null);
  }

  /**
   * Notes that a prompt is being handed to the agent in the middle of the turn. From here on it is the agent's: it takes
   * it into this turn or begins one of its own with it, and it is never sent again.
   */
  handOver(step: Step, input: InputRecord): void {
    step.inputs.set(input.inputId, { ...input, turnId: this.id });
  }

  /**
   * Whether the agent still has a prompt it may begin a turn with; no other may be sent before it did. It gets as long
   * as an interrupt, then `onSilence` is called and the prompt is given up.
   */
  awaitsHandedOver(onSilence: (giveUp: (step: Step) => void) => void): boolean {
    if (this.#handedOver.length === 0) return false;
    const { clock, limits } = this.#options;
    this.#patience ??= clock.after(limits.interruptTimeoutMs, () => {
      this.#patience = undefined;
      onSilence((step) => this.#loseHandedOver(step, 'the agent never said what became of it'));
    });
    return true;
  }

  /** A prompt that was handed over is part of the turn now. */
  take(step: Step, inputId: string): void {
    const input = this.#ledger.input(step, inputId);
    if (!this.#turn || !input || !isHandedOver(input)) return;
    this.#turn.inputIds.add(inputId);
    this.#ledger.settle(step, input, 'delivered', { turnId: this.#turn.id });
  }

  /** Notes that somebody asked it to end; `onIgnored` is called if it has not ended in time. */
  interrupt(onIgnored: () => void): void {
    if (!this.#turn) return;
    const { clock, limits } = this.#options;
    this.#turn.interrupting = clock.after(limits.interruptTimeoutMs, onIgnored);
  }

  finish(
    step: Step,
    { success, stats, state = 'idle', message, point }: End,
    inputIds: readonly string[] = [],
  ): void {
    const turn = this.#turn;
    if (!turn) return;
    turn.interrupting?.cancel();
    this.#desk.withdrawAll(step);
    const told = { success, stats: stats ?? unknownStats(success ? 'end_turn' : 'error') };
    this.#tellDone(step, turn.id, { ...told, ...(point === undefined ? {} : { point }) });
    for (const inputId of new Set([...turn.inputIds, ...inputIds])) {
      const input = this.#ledger.input(step, inputId);
      if (input && isWithAgent(input))
        this.#ledger.settle(step, input, success ? 'done' : 'failed', { turnId: turn.id });
    }
    this.#turn = undefined;
    this.#ledger.move(step, state, message === undefined ? {} : { message });
  }

  /** The process is gone: closes the turn, if one is open, as ended on purpose or as lost with its last words (rule S2). */
  lose(
    step: Step,
    exit: Exit,
    ending: { stopReason: string; state: SessionState; message: string } | undefined,
  ) {
    const turn = this.#turn;
    this.#loseHandedOver(step, 'the agent ended before it said what became of it');
    if (!turn) return;
    const stopReason = ending?.stopReason ?? (turn.interrupting ? 'interrupted' : undefined);
    if (stopReason === undefined) step.tell(exitError(exit), turn.id);
    this.finish(step, {
      success: false,
      stats: unknownStats(stopReason ?? 'error', this.#lastedMs),
      state: ending?.state ?? (exit.reason === 'start-failed' ? 'idle' : 'terminated'),
      ...(ending ? { message: ending.message } : {}),
    });
  }

  /** Goes on with the turn that an earlier gateway began. */
  resume(): void {
    const { turn, id } = this.#ledger.record;
    if (!turn) return;
    const inputs = this.#options.store.inputs(id, ['delivered']).filter(({ turnId }) => turnId === turn.id);
    const inputIds = new Set(inputs.map(({ inputId }) => inputId));
    this.#turn = { id: turn.id, startedAt: null, inputIds };
  }

  /** Closes honestly a turn that a gateway left open when it died (rule S6). */
  recover(step: Step): void {
    const { turn, state, id } = this.#ledger.record;
    this.#desk.withdrawAll(step);
    if (state === 'running') {
      const message = 'the gateway restarted in the middle of this turn; send the next prompt to go on';
      step.tell(errorEvent('RECONNECT_REQUIRED', message, { reason: 'gateway_restart' }), turn?.id ?? null);
      this.#tellDone(step, turn?.id ?? null, { success: false, stats: unknownStats('interrupted') });
    }
    const reason = 'the gateway restarted while the agent worked on it';
    for (const input of this.#options.store.inputs(id, ['delivered'])) {
      this.#ledger.settle(step, input, 'indeterminate', { reason });
    }
    this.#loseHandedOver(step, reason);
    if (state === 'running') this.#ledger.move(step, 'terminated', { message: 'gateway_restart' });
  }

  /** How long the turn has been open; null if an earlier gateway began it. */
  get #lastedMs(): number | null {
    const startedAt = this.#turn?.startedAt ?? null;
    return startedAt === null ? null : Math.round(this.#options.clock.elapsed() - startedAt);
  }

  get #handedOver(): InputRecord[] {
    const { id } = this.#ledger.record;
    return this.#options.store.inputs(id, ['queued']).filter(isHandedOver);
  }

  #loseHandedOver(step: Step, reason: string): void {
    for (const input of this.#handedOver) this.#ledger.settle(step, input, 'indeterminate', { reason });
  }

  #tellDone(step: Step, turnId: string | null, { stats, ...end }: Told): void {
    const { totals: before, ownerId, workerType } = this.#ledger.record;
    const totals = addTurn(before, stats);
    step.session.totals = totals;
    step.usage = usageOf(stats, { ownerId, workerType, lastedMs: this.#lastedMs });
    step.session.turn = null;
    const data = { ...end, stats: { ...stats, _session: totals }, dropped: false };
    step.tell({ type: 'done', data }, turnId);
  }
}

/** What is asked for goes only between turns. */
export const busy = (): GatewayError =>
  new GatewayError('SESSION_BUSY', 'a turn is running or waits: wait for its end, or stop it first');

/** Whether it was given to the agent in the middle of a turn, and the agent has not said what became of it. */
export function isHandedOver({ status, turnId }: InputRecord): boolean {
  return status === 'queued' && turnId !== null;
}

/** What an agent says of a prompt that it does not have, or that has its end already, is not believed. */
function isWithAgent(input: InputRecord): boolean {
  return input.status === 'delivered' || isHandedOver(input);
}
