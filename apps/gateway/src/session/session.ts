import type { SessionState, TurnStats } from '@hotplex/aep-protocol';
import { canMove } from '@hotplex/aep-protocol';
import { GatewayError } from '../ground/gateway-error.ts';
import type { EventRecord, InputRecord, InteractionRecord, SessionRecord } from '../store/store.ts';
import type { Exit, InteractionResponse, Worker, WorkerCommand, WorkerEvent } from '../worker/worker.ts';
import { bodyHash, checkPrompt, type PromptRequest } from './accept-input.ts';
import { errorEvent, exitError } from './exit-error.ts';
import { InteractionDesk } from './interaction-desk.ts';
import { Ledger } from './ledger.ts';
import type { SessionOptions } from './session-options.ts';
import { Step } from './step.ts';
import type { Subscriber } from './subscriber.ts';
import type { Turn } from './turn.ts';
import { addTurn, emptyStats } from './turn-totals.ts';

export type Receipt = { input: InputRecord; duplicate: boolean };

/** How an open turn is closed when its worker is ended on purpose. */
type Ending = { stopReason: string; state: SessionState; message: string };

/**
 * One conversation: decides what may happen and owns its worker. What happened becomes true in its ledger.
 * Longer than most files because every decision about a turn is here and nowhere else.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #ledger: Ledger;
  readonly #desk: InteractionDesk;
  #worker: Worker | undefined;
  #turn: Turn | undefined;
  /** Set while the worker is being ended on purpose. */
  #ending: Ending | undefined;

  constructor(record: SessionRecord, options: SessionOptions) {
    this.#options = options;
    this.#ledger = new Ledger(record, options);
    this.#desk = new InteractionDesk({
      ...{ store: options.store, clock: options.clock, ledger: this.#ledger },
      timeoutMs: options.limits.permissionTimeoutMs,
      answer: (response) => this.#worker?.respond?.(response),
    });
  }

  get record(): Readonly<SessionRecord> {
    return this.#ledger.record;
  }

  get workerPid(): number | undefined {
    return this.#worker?.pid;
  }

  get queue(): InputRecord[] {
    return this.#options.store.inputs(this.record.id, ['queued']);
  }

  get pending(): InteractionRecord[] {
    return this.#desk.open;
  }

  /** Follows the session from now on; call the returned function to stop. */
  attach(subscriber: Subscriber): () => void {
    return this.#ledger.attach(subscriber);
  }

  /** The log after a number, for replay. */
  events(after: number, limit: number): EventRecord[] {
    return this.#options.store.events(this.record.id, after, limit);
  }

  oldestSeq(): number {
    return this.#options.store.oldestSeq(this.record.id);
  }

  /** Accepts a prompt: stored before anything else happens, and run once however often it is sent (rules I1–I3). */
  prompt(request: PromptRequest): Receipt {
    const { store, clock } = this.#options;
    const hash = bodyHash(request);
    const known = store.input(this.record.id, request.inputId);
    if (known && known.bodyHash !== hash) {
      throw new GatewayError(
        'INPUT_CONFLICT',
        `input_id ${request.inputId} was used for another prompt: use a new one`,
      );
    }
    if (known) return { input: known, duplicate: true };
    const delivery = this.#admit(request);
    const { inputId, content, parts, author } = request;
    const input: InputRecord = {
      ...{ inputId, bodyHash: hash, content, parts: parts ?? null, author, delivery },
      ...{ status: 'queued', turnId: null, createdAt: clock.now() },
    };
    const step = new Step();
    step.inputs.set(inputId, input);
    const echo = {
      input_id: inputId,
      content,
      author,
      delivery,
      status: 'queued',
      ...(parts ? { parts } : {}),
    } as const;
    step.tell({ type: 'input', data: echo }, null);
    this.#ledger.store(step);
    if (!this.#turn) this.#next();
    else if (delivery === 'steer') this.#worker?.steer?.({ inputId, content, ...(parts ? { parts } : {}) });
    else if (delivery === 'interrupt') this.interrupt();
    return { input: store.input(this.record.id, inputId) ?? input, duplicate: false };
  }

  editInput(inputId: string, content: string): void {
    const input = this.#queued(inputId);
    const { maxInputBytes: maxBytes } = this.#options.limits;
    checkPrompt({ inputId, content, author: input.author }, { maxBytes, modalities: [] });
    const step = new Step();
    step.inputs.set(inputId, { ...input, content });
    step.tell({ type: 'input.status', data: { input_id: inputId, status: 'queued', content } }, null);
    this.#ledger.store(step);
  }

  cancelInput(inputId: string): void {
    const step = new Step();
    this.#ledger.settle(step, this.#queued(inputId), 'cancelled');
    this.#ledger.store(step);
  }

  /** Answers what the agent asked. The first answer wins (rule E4). */
  respond(answer: InteractionResponse, by: string): void {
    this.#desk.respond(answer, by);
  }

  /** Asks the turn in progress to end; the session and its process stay. Does nothing while idle. */
  interrupt(): void {
    const turn = this.#turn;
    if (!turn || turn.interrupting) return;
    const step = new Step();
    this.#desk.withdrawAll(step);
    this.#ledger.store(step);
    turn.interrupting = this.#options.clock.after(this.#options.limits.interruptTimeoutMs, () => {
      void this.#endWorker({ stopReason: 'interrupted', state: 'terminated', message: 'interrupt_forced' });
    });
    this.#worker?.interrupt();
  }

  /** Gives the agent a command (rule I5). */
  command(command: WorkerCommand): void {
    const { definition } = this.#options;
    if (!definition.commands.includes(command.command)) {
      throw new GatewayError('NOT_SUPPORTED', `${definition.title} has no command ${command.command}`);
    }
    this.#ensureWorker().command?.(command);
  }

  /** Ends the worker and any turn; history stays and the next prompt resumes. */
  async terminate(message: string): Promise<void> {
    const step = new Step();
    for (const input of this.queue)
      this.#ledger.settle(step, input, 'cancelled', { reason: 'the session was ended' });
    this.#ledger.store(step);
    if (this.#worker) await this.#endWorker({ stopReason: 'interrupted', state: 'terminated', message });
    else this.#moveTo('terminated', message);
  }

  /** Ends the worker and forgets the agent's conversation: the next prompt starts with an empty memory. */
  async reset(): Promise<void> {
    if (this.record.state === 'terminated') {
      throw new GatewayError(
        'PROTOCOL_VIOLATION',
        'the session is terminated: send a prompt to resume it first',
      );
    }
    await this.#endWorker({ stopReason: 'interrupted', state: 'idle', message: 'context_reset' });
    const step = new Step();
    step.session.nativeSessionId = null;
    step.tell({ type: 'state', data: { state: this.record.state, message: 'context_reset' } }, null);
    this.#ledger.store(step);
    this.#next();
  }

  rename(title: string): void {
    const step = new Step();
    step.session.title = title;
    step.tell({ type: 'session.title', data: { title } }, null);
    this.#ledger.store(step);
  }

  /** Says goodbye to followers; the registry then removes the rows. */
  async delete(): Promise<void> {
    await this.#endWorker({ stopReason: 'interrupted', state: 'terminated', message: 'session_deleted' });
    this.#moveTo('deleted', 'session deleted');
  }

  /** The gateway is stopping: an open turn is closed honestly, an idle process just ends. */
  async close(): Promise<void> {
    const state = this.#turn ? 'terminated' : this.record.state;
    await this.#endWorker({ stopReason: 'interrupted', state, message: 'gateway_stopping' });
  }

  /** Closes honestly what a gateway that died left open (rule S6). Call before anybody attaches. */
  recover(): void {
    const { turn, state, id } = this.record;
    const step = new Step();
    this.#desk.withdrawAll(step);
    if (state === 'running') {
      const message = 'the gateway restarted in the middle of this turn; send the next prompt to go on';
      step.tell(errorEvent('RECONNECT_REQUIRED', message, { reason: 'gateway_restart' }), turn?.id ?? null);
      this.#closeTurn(step, {
        success: false,
        stats: emptyStats('interrupted', null),
        turnId: turn?.id ?? null,
      });
    }
    for (const input of this.#options.store.inputs(id, ['delivered'])) {
      const reason = 'the gateway restarted while the agent worked on it';
      this.#ledger.settle(step, input, 'indeterminate', { reason });
    }
    if (state === 'running') this.#ledger.move(step, 'terminated', { message: 'gateway_restart' });
    this.#ledger.store(step);
    this.#next();
  }

  /** What may happen to a prompt now; throws what the client has to know. */
  #admit(request: PromptRequest): InputRecord['delivery'] {
    const { limits, definition } = this.#options;
    checkPrompt(request, { maxBytes: limits.maxInputBytes, modalities: definition.capabilities.modalities });
    if (!this.#turn) return 'queue';
    const delivery = request.delivery ?? 'queue';
    if (delivery === 'reject')
      throw new GatewayError('SESSION_BUSY', 'a turn is running: wait for done or queue the prompt');
    if (this.queue.length >= limits.maxQueue) {
      throw new GatewayError(
        'SESSION_BUSY',
        `${limits.maxQueue} prompts are waiting already: wait or cancel one`,
      );
    }
    return delivery;
  }

  #ensureWorker(): Worker {
    if (this.#worker) return this.#worker;
    const { workDir, config, nativeSessionId } = this.record;
    const worker = this.#options.definition.start(
      { workDir, config, ...(nativeSessionId === null ? {} : { resume: nativeSessionId }) },
      { onEvents: (events) => this.#onEvents(events), onExit: (exit) => this.#onExit(exit) },
    );
    this.#worker = worker;
    return worker;
  }

  #next(): void {
    const [input] = this.queue;
    if (!input || this.#turn || this.#ending || this.record.state === 'deleted') return;
    const step = new Step();
    this.#beginTurn(step, [input]);
    this.#ledger.store(step);
    const { inputId, content, parts } = input;
    this.#ensureWorker().prompt({ inputId, content, ...(parts ? { parts } : {}) });
  }

  #beginTurn(step: Step, inputs: readonly InputRecord[]): void {
    const id = `turn_${this.#options.ids.uuid()}`;
    const inputIds = new Set(inputs.map(({ inputId }) => inputId));
    this.#turn = { id, startedAt: this.#options.clock.elapsed(), inputIds, interrupting: undefined };
    step.session.turn = { id, firstSeq: this.record.lastSeq + step.pending.length + 1 };
    for (const input of inputs) this.#ledger.settle(step, input, 'delivered', { turnId: id });
    this.#ledger.move(step, 'running', { turnId: id });
  }

  #onEvents(events: readonly WorkerEvent[]): void {
    const step = new Step();
    for (const event of events) this.#take(step, event);
    this.#ledger.store(step);
    if (!this.#turn) this.#next();
  }

  #take(step: Step, event: WorkerEvent): void {
    const turn = this.#turn;
    const turnId = turn?.id ?? null;
    switch (event.type) {
      case 'done':
        for (const inputId of event.data.input_ids ?? []) turn?.inputIds.add(inputId);
        this.#finish(step, event.data);
        break;
      case 'turn.started':
        if (!turn)
          this.#beginTurn(
            step,
            event.data.input_ids.flatMap((id) => this.#ledger.input(step, id) ?? []),
          );
        break;
      case 'input.taken': {
        const input = this.#ledger.input(step, event.data.input_id);
        if (!turn || !input) break;
        turn.inputIds.add(input.inputId);
        this.#ledger.settle(step, input, 'delivered', { turnId: turn.id });
        break;
      }
      case 'permission_request':
      case 'question_request':
      case 'elicitation_request':
        this.#desk.add(step, event, turnId);
        break;
      case 'interaction.withdrawn':
        this.#desk.withdraw(step, event.data.id);
        break;
      case 'worker.ready':
        this.#options.onReady(event.data);
        break;
      case 'worker.session':
        step.session.nativeSessionId = event.data.id;
        break;
      case 'context.lost':
        step.tell({ type: 'state', data: { state: this.record.state, message: 'context_lost' } }, turnId);
        break;
      case 'background.tasks': {
        const message = `${event.data.count} background tasks`;
        step.tell(
          { type: 'worker.notice', data: { kind: 'background', message, details: event.data } },
          turnId,
        );
        break;
      }
      case 'error':
        step.tell(errorEvent(event.data.code, event.data.message, event.data.details), turnId);
        break;
      case 'session.title':
        if (this.record.title !== null) break;
        step.session.title = event.data.title;
        step.tell(event, turnId);
        break;
      default:
        step.tell(event, turnId);
    }
  }

  #onExit(exit: Exit): void {
    this.#worker = undefined;
    const { stopReason, state, message } = this.#ending ?? {};
    const turn = this.#turn;
    const step = new Step();
    if (turn) {
      const asked = stopReason ?? (turn.interrupting ? 'interrupted' : undefined);
      if (asked === undefined) step.tell(exitError(exit), turn.id);
      const stats = emptyStats(asked ?? 'error', Math.round(this.#options.clock.elapsed() - turn.startedAt));
      const after = exit.reason === 'start-failed' ? 'idle' : 'terminated';
      this.#finish(step, { success: false, stats }, state ?? after, message);
    } else if (canMove(this.record.state, state ?? 'terminated')) {
      this.#desk.withdrawAll(step);
      this.#ledger.move(step, state ?? 'terminated', { message: message ?? 'worker_exit' });
    }
    this.#ledger.store(step);
    this.#next();
  }

  #finish(
    step: Step,
    done: { success: boolean; stats?: TurnStats },
    state: SessionState = 'idle',
    message?: string,
  ): void {
    const turn = this.#turn;
    if (!turn) return;
    turn.interrupting?.cancel();
    this.#desk.withdrawAll(step);
    const stats = done.stats ?? emptyStats(done.success ? 'end_turn' : 'error', null);
    this.#closeTurn(step, { success: done.success, stats, turnId: turn.id });
    for (const inputId of turn.inputIds) {
      const input = this.#ledger.input(step, inputId);
      if (input) this.#ledger.settle(step, input, done.success ? 'done' : 'failed', { turnId: turn.id });
    }
    this.#turn = undefined;
    this.#ledger.move(step, state, message === undefined ? {} : { message });
  }

  #closeTurn(
    step: Step,
    { success, stats, turnId }: { success: boolean; stats: TurnStats; turnId: string | null },
  ): void {
    const totals = addTurn(this.record.totals, stats);
    step.session.totals = totals;
    step.session.turn = null;
    step.tell(
      { type: 'done', data: { success, stats: { ...stats, _session: totals }, dropped: false } },
      turnId,
    );
  }

  async #endWorker(ending: Ending): Promise<void> {
    if (!this.#worker) return;
    this.#ending ??= ending;
    try {
      await this.#worker.stop();
    } finally {
      this.#ending = undefined;
    }
  }

  #queued(inputId: string): InputRecord {
    const input = this.#options.store.input(this.record.id, inputId);
    if (input?.status === 'queued') return input;
    throw new GatewayError('INVALID_MESSAGE', `input ${inputId} does not wait in the queue`);
  }

  #moveTo(state: SessionState, message: string): void {
    const step = new Step();
    this.#ledger.move(step, state, { message });
    this.#ledger.store(step);
  }
}
