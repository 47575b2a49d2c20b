import { canMove, type SessionState, type TurnStats } from '@hotplex/aep-protocol';
import type { Timer } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { EventRecord, InputRecord, InteractionRecord, SessionRecord } from '../store/store.ts';
import type { Exit, InteractionResponse, Worker, WorkerCommand, WorkerEvent } from '../worker/worker.ts';
import { bodyHash, checkPrompt, type PromptRequest } from './accept-input.ts';
import { stamp } from './event-log.ts';
import { errorEvent, exitError } from './exit-error.ts';
import { openInteraction, refusal, resolvedEvent } from './interactions.ts';
import type { SessionOptions } from './session-options.ts';
import { Step } from './step.ts';
import type { Subscriber } from './subscriber.ts';
import type { Turn } from './turn.ts';
import { addTurn, emptyStats } from './turn-totals.ts';

export type Receipt = { input: InputRecord; duplicate: boolean };

/** How an open turn is closed when its worker is ended on purpose. */
type Ending = { stopReason: string; state: SessionState; message: string };

/**
 * One conversation: decides what may happen, numbers it, stores it and tells its followers. Owns its worker.
 * Longer than most files because every decision about a conversation is here and nowhere else.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #subscribers = new Set<Subscriber>();
  readonly #deadlines = new Map<string, Timer>();
  #record: SessionRecord;
  #worker: Worker | undefined;
  #turn: Turn | undefined;
  /** Set while the worker is being ended on purpose: how the open turn is to be closed. */
  #ending: Ending | undefined;

  constructor(record: SessionRecord, options: SessionOptions) {
    this.#record = record;
    this.#options = options;
  }

  get record(): Readonly<SessionRecord> {
    return this.#record;
  }

  get workerPid(): number | undefined {
    return this.#worker?.pid;
  }

  get queue(): InputRecord[] {
    return this.#options.store.inputs(this.#record.id, ['queued']);
  }

  get pending(): InteractionRecord[] {
    return this.#options.store.openInteractions(this.#record.id);
  }

  /** Follows the session from now on; call the returned function to stop. */
  attach(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** The log after a number, for replay. */
  events(after: number, limit: number): EventRecord[] {
    return this.#options.store.events(this.#record.id, after, limit);
  }

  oldestSeq(): number {
    return this.#options.store.oldestSeq(this.#record.id);
  }

  /** Accepts a prompt: stored before anything else happens, and run once however often it is sent (rules I1–I3). */
  prompt(request: PromptRequest): Receipt {
    const { store, limits, definition, clock } = this.#options;
    const hash = bodyHash(request);
    const known = store.input(this.#record.id, request.inputId);
    if (known && known.bodyHash !== hash) {
      throw new GatewayError(
        'INPUT_CONFLICT',
        `input_id ${request.inputId} was used for another prompt: use a new one`,
      );
    }
    if (known) return { input: known, duplicate: true };
    checkPrompt(request, { maxBytes: limits.maxInputBytes, modalities: definition.capabilities.modalities });
    const delivery = this.#turn ? (request.delivery ?? 'queue') : 'queue';
    if (delivery === 'reject')
      throw new GatewayError('SESSION_BUSY', 'a turn is running: wait for done or queue the prompt');
    if (this.#turn && this.queue.length >= limits.maxQueue) {
      throw new GatewayError(
        'SESSION_BUSY',
        `${limits.maxQueue} prompts are waiting already: wait or cancel one`,
      );
    }
    const { inputId, content, parts, author } = request;
    const input: InputRecord = {
      ...{ inputId, bodyHash: hash, content, parts: parts ?? null, author, delivery },
      ...{ status: 'queued', turnId: null, createdAt: clock.now() },
    };
    const step = new Step();
    step.inputs.set(inputId, input);
    step.tell(
      {
        type: 'input',
        data: { input_id: inputId, content, author, delivery, status: 'queued', ...(parts ? { parts } : {}) },
      },
      null,
    );
    this.#store(step);
    if (!this.#turn && !this.#ending) this.#next();
    else if (delivery === 'steer') this.#worker?.steer?.({ inputId, content, ...(parts ? { parts } : {}) });
    else if (delivery === 'interrupt') this.interrupt();
    return { input: store.input(this.#record.id, inputId) ?? input, duplicate: false };
  }

  editInput(inputId: string, content: string): void {
    const input = this.#queued(inputId);
    checkPrompt(
      { ...input, inputId, content, parts: [] },
      { maxBytes: this.#options.limits.maxInputBytes, modalities: [] },
    );
    const step = new Step();
    step.inputs.set(inputId, { ...input, content });
    step.tell({ type: 'input.status', data: { input_id: inputId, status: 'queued', content } }, null);
    this.#store(step);
  }

  cancelInput(inputId: string): void {
    const step = new Step();
    this.#settle(step, this.#queued(inputId), 'cancelled');
    this.#store(step);
  }

  /** Answers what the agent asked. The first answer wins (rule E4). */
  respond(answer: InteractionResponse, by: string): void {
    const row = this.#options.store.interaction(this.#record.id, answer.id);
    if (!row || row.kind !== answer.kind) {
      throw new GatewayError(
        'INVALID_MESSAGE',
        `there is no ${answer.kind} request ${answer.id} in this session`,
      );
    }
    if (row.status === 'resolved')
      throw new GatewayError('ALREADY_RESOLVED', 'this request was decided before');
    const step = new Step();
    this.#resolve(step, row, { answer, by, reason: 'answered' });
    this.#store(step);
    this.#worker?.respond?.(answer);
  }

  /** Asks the turn in progress to end; the session and its process stay. Does nothing while idle. */
  interrupt(): void {
    const turn = this.#turn;
    if (!turn || turn.interrupting) return;
    const step = new Step();
    this.#withdrawAll(step);
    this.#store(step);
    turn.interrupting = this.#options.clock.after(this.#options.limits.interruptTimeoutMs, () => {
      void this.#endWorker({ stopReason: 'interrupted', state: 'terminated', message: 'interrupt_forced' });
    });
    this.#worker?.interrupt();
  }

  /** Gives the agent a command (rule I5). */
  command(command: WorkerCommand): void {
    if (!this.#options.definition.commands.includes(command.command)) {
      throw new GatewayError(
        'NOT_SUPPORTED',
        `${this.#options.definition.title} has no command ${command.command}`,
      );
    }
    this.#ensureWorker().command?.(command);
  }

  /** Ends the worker and any turn; history stays and the next prompt resumes. */
  async terminate(message: string): Promise<void> {
    const step = new Step();
    for (const input of this.queue) this.#settle(step, input, 'cancelled', 'the session was ended');
    this.#store(step);
    if (this.#worker) await this.#endWorker({ stopReason: 'interrupted', state: 'terminated', message });
    else this.#moveTo('terminated', message);
  }

  /** Ends the worker and forgets the agent's conversation: the next prompt starts with an empty memory. */
  async reset(): Promise<void> {
    if (this.#record.state === 'terminated')
      throw new GatewayError(
        'PROTOCOL_VIOLATION',
        'the session is terminated: send a prompt to resume it first',
      );
    if (this.#worker)
      await this.#endWorker({ stopReason: 'interrupted', state: 'idle', message: 'context_reset' });
    const step = new Step();
    step.session.nativeSessionId = null;
    step.tell({ type: 'state', data: { state: this.#record.state, message: 'context_reset' } }, null);
    this.#store(step);
    this.#next();
  }

  rename(title: string): void {
    const step = new Step();
    step.session.title = title;
    step.tell({ type: 'session.title', data: { title } }, null);
    this.#store(step);
  }

  /** Says goodbye to followers; the registry then removes the rows. */
  async delete(): Promise<void> {
    await this.#endWorker({ stopReason: 'interrupted', state: 'terminated', message: 'session_deleted' });
    this.#moveTo('deleted', 'session deleted');
  }

  /** Ends the process without a word about the session's state: the gateway is stopping. */
  async close(): Promise<void> {
    if (this.#turn) await this.terminate('gateway_stopping');
    else await this.#worker?.stop();
  }

  /** Closes honestly what a gateway that died left open (rule S6). Call before anybody attaches. */
  recover(): void {
    const { turn, state } = this.#record;
    const step = new Step();
    for (const input of this.#options.store.inputs(this.#record.id, ['delivered'])) {
      this.#settle(step, input, 'indeterminate', 'the gateway restarted while the agent worked on it');
    }
    this.#withdrawAll(step);
    if (state === 'running') {
      const lost = { reason: 'gateway_restart' };
      step.tell(
        errorEvent(
          'RECONNECT_REQUIRED',
          'the gateway restarted in the middle of this turn; send the next prompt to go on',
          lost,
        ),
        turn?.id ?? null,
      );
      this.#closeTurn(step, {
        success: false,
        stats: emptyStats('interrupted', null),
        turnId: turn?.id ?? null,
      });
      this.#move(step, 'terminated', 'gateway_restart');
    }
    this.#store(step);
    if (this.queue.length > 0) this.#next();
  }

  #ensureWorker(): Worker {
    if (this.#worker) return this.#worker;
    const { workDir, config, nativeSessionId } = this.#record;
    const worker = this.#options.definition.start(
      { workDir, config, ...(nativeSessionId === null ? {} : { resume: nativeSessionId }) },
      {
        onEvents: (events) => this.#onEvents(events),
        onExit: (exit) => this.#onExit(exit),
      },
    );
    this.#worker = worker;
    return worker;
  }

  #next(): void {
    const [input] = this.queue;
    if (!input || this.#turn || this.#ending || this.#record.state === 'deleted') return;
    const step = new Step();
    this.#beginTurn(step, [input]);
    this.#store(step);
    const { inputId, content, parts } = input;
    this.#ensureWorker().prompt({ inputId, content, ...(parts ? { parts } : {}) });
  }

  #beginTurn(step: Step, inputs: readonly InputRecord[]): void {
    const id = `turn_${this.#options.ids.uuid()}`;
    this.#turn = {
      id,
      startedAt: this.#options.clock.elapsed(),
      inputIds: new Set(inputs.map(({ inputId }) => inputId)),
      interrupting: undefined,
    };
    step.session.turn = { id, firstSeq: this.#record.lastSeq + step.pending.length + 1 };
    for (const input of inputs) this.#settle(step, input, 'delivered', undefined, id);
    this.#move(step, 'running', undefined, id);
  }

  #onEvents(events: readonly WorkerEvent[]): void {
    const step = new Step();
    for (const event of events) this.#take(step, event);
    this.#store(step);
    if (!this.#turn) this.#next();
  }

  #take(step: Step, event: WorkerEvent): void {
    const turnId = this.#turn?.id ?? null;
    switch (event.type) {
      case 'done':
        for (const inputId of event.data.input_ids ?? []) this.#turn?.inputIds.add(inputId);
        if (this.#turn) this.#finish(step, event.data.success, event.data.stats);
        return;
      case 'turn.started':
        if (!this.#turn)
          this.#beginTurn(
            step,
            event.data.input_ids.flatMap((id) => this.#input(step, id) ?? []),
          );
        return;
      case 'input.taken': {
        const input = this.#input(step, event.data.input_id);
        this.#turn?.inputIds.add(event.data.input_id);
        if (input) this.#settle(step, input, 'delivered', undefined, turnId ?? undefined);
        return;
      }
      case 'permission_request':
      case 'question_request':
      case 'elicitation_request': {
        const { clock, limits } = this.#options;
        const row = openInteraction(event, {
          turnId,
          now: clock.now(),
          timeoutMs: limits.permissionTimeoutMs,
        });
        step.interactions.set(row.id, row);
        step.tell(
          { ...event, data: { ...event.data, deadline_ms: limits.permissionTimeoutMs } } as typeof event,
          turnId,
        );
        this.#deadlines.set(
          row.id,
          clock.after(limits.permissionTimeoutMs, () => this.#expire(row.id)),
        );
        return;
      }
      case 'interaction.withdrawn': {
        const row =
          step.interactions.get(event.data.id) ??
          this.#options.store.interaction(this.#record.id, event.data.id);
        if (row?.status === 'open')
          this.#resolve(step, row, {
            answer: refusal(row, 'withdrawn by the agent'),
            by: null,
            reason: 'interrupted',
          });
        return;
      }
      case 'worker.ready':
        return this.#options.onReady(event.data);
      case 'worker.session':
        step.session.nativeSessionId = event.data.id;
        return;
      case 'context.lost':
        return step.tell(
          { type: 'state', data: { state: this.#record.state, message: 'context_lost' } },
          turnId,
        );
      case 'background.tasks':
        return step.tell(
          {
            type: 'worker.notice',
            data: {
              kind: 'background',
              message: `${event.data.count} background tasks`,
              details: event.data,
            },
          },
          turnId,
        );
      case 'error':
        return step.tell(errorEvent(event.data.code, event.data.message, event.data.details), turnId);
      case 'session.title':
        if (this.#record.title !== null) return;
        step.session.title = event.data.title;
        return step.tell(event, turnId);
      default:
        return step.tell(event, turnId);
    }
  }

  #onExit(exit: Exit): void {
    this.#worker = undefined;
    const ending = this.#ending;
    const step = new Step();
    const interrupted = ending !== undefined || this.#turn?.interrupting !== undefined;
    const failedStart = exit.reason === 'start-failed';
    if (this.#turn) {
      if (!interrupted) step.tell(exitError(exit), this.#turn.id);
      const duration = Math.round(this.#options.clock.elapsed() - this.#turn.startedAt);
      const reason = ending?.stopReason ?? (interrupted ? 'interrupted' : 'error');
      this.#finish(
        step,
        false,
        emptyStats(reason, duration),
        failedStart ? 'idle' : (ending?.state ?? 'terminated'),
        ending?.message,
      );
    } else {
      this.#withdrawAll(step);
      const state = ending?.state ?? 'terminated';
      if (canMove(this.#record.state, state)) this.#move(step, state, ending?.message ?? 'worker_exit');
    }
    this.#store(step);
    if (!ending) this.#next();
  }

  #finish(
    step: Step,
    success: boolean,
    stats: TurnStats | undefined,
    state: SessionState = 'idle',
    message?: string,
  ): void {
    const turn = this.#turn;
    if (!turn) return;
    turn.interrupting?.cancel();
    this.#withdrawAll(step);
    this.#closeTurn(step, {
      success,
      stats: stats ?? emptyStats(success ? 'end_turn' : 'error', null),
      turnId: turn.id,
    });
    for (const inputId of turn.inputIds) {
      const input = this.#input(step, inputId);
      if (input) this.#settle(step, input, success ? 'done' : 'failed', undefined, turn.id);
    }
    this.#turn = undefined;
    this.#move(step, state, message);
  }

  #closeTurn(
    step: Step,
    { success, stats, turnId }: { success: boolean; stats: TurnStats; turnId: string | null },
  ): void {
    const totals = addTurn(this.#record.totals, stats);
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

  #expire(id: string): void {
    const row = this.#options.store.interaction(this.#record.id, id);
    if (row?.status !== 'open') return;
    const answer = refusal(row, 'nobody answered in time');
    const step = new Step();
    this.#resolve(step, row, { answer, by: null, reason: 'timeout' });
    this.#store(step);
    this.#worker?.respond?.(answer);
  }

  #withdrawAll(step: Step): void {
    const rows = new Map(this.pending.map((row) => [row.id, row]));
    for (const row of step.interactions.values()) rows.set(row.id, row);
    for (const row of rows.values()) {
      if (row.status === 'open')
        this.#resolve(step, row, { answer: refusal(row, 'the turn ended'), by: null, reason: 'interrupted' });
    }
  }

  #resolve(
    step: Step,
    row: InteractionRecord,
    {
      answer,
      by,
      reason,
    }: { answer: InteractionResponse; by: string | null; reason: 'answered' | 'timeout' | 'interrupted' },
  ): void {
    const event = resolvedEvent(answer, by, reason);
    this.#deadlines.get(row.id)?.cancel();
    this.#deadlines.delete(row.id);
    step.interactions.set(row.id, { ...row, status: 'resolved', resolution: { ...event.data } });
    step.tell(event, row.turnId);
  }

  #queued(inputId: string): InputRecord {
    const input = this.#options.store.input(this.#record.id, inputId);
    if (input?.status !== 'queued')
      throw new GatewayError('INVALID_MESSAGE', `input ${inputId} does not wait in the queue`);
    return input;
  }

  #input(step: Step, inputId: string): InputRecord | undefined {
    return step.inputs.get(inputId) ?? this.#options.store.input(this.#record.id, inputId);
  }

  #settle(
    step: Step,
    input: InputRecord,
    status: InputRecord['status'],
    reason?: string,
    turnId?: string,
  ): void {
    step.inputs.set(input.inputId, { ...input, status, turnId: turnId ?? input.turnId });
    const turn = turnId ? { turn_id: turnId } : {};
    step.tell(
      {
        type: 'input.status',
        data: { input_id: input.inputId, status, ...turn, ...(reason ? { reason } : {}) },
      },
      turnId ?? null,
    );
  }

  #move(step: Step, state: SessionState, message?: string, turnId: string | null = null): void {
    const from = step.session.state ?? this.#record.state;
    if (from === state) return;
    if (!canMove(from, state)) {
      this.#options.logger.error(
        { session: this.#record.id, from, to: state },
        'illegal session move refused',
      );
      return;
    }
    step.session.state = state;
    step.tell({ type: 'state', data: { state, ...(message ? { message } : {}) } }, turnId);
  }

  #moveTo(state: SessionState, message: string): void {
    const step = new Step();
    this.#move(step, state, message);
    this.#store(step);
  }

  /** The one place where anything becomes true: number, store, then tell. */
  #store(step: Step): void {
    if (step.isEmpty) return;
    const { store, clock } = this.#options;
    const events = stamp(step.pending, this.#record.lastSeq, this.#options);
    const now = clock.now();
    store.commit(
      this.#record.id,
      {
        events,
        session: step.session,
        inputs: [...step.inputs.values()],
        interactions: [...step.interactions.values()],
      },
      now,
    );
    this.#record = {
      ...this.#record,
      ...step.session,
      lastSeq: this.#record.lastSeq + events.length,
      updatedAt: now,
    };
    if (events.length > 0) for (const subscriber of [...this.#subscribers]) subscriber.deliver(events);
  }
}
