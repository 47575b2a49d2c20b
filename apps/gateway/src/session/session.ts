import type { IsolationLevel } from '@hotplex/aep-protocol';
import { GatewayError } from '../ground/gateway-error.ts';
import type { EventRecord, InputRecord, InteractionRecord, SessionRecord } from '../store/store.ts';
import type { InteractionResponse, WorkerCommand } from '../worker/worker.ts';
import type { PromptRequest } from './accept-input.ts';
import { AgentConversation } from './agent-conversation.ts';
import { AgentDrive } from './agent-drive.ts';
import { AgentListener } from './agent-listener.ts';
import { AgentOutbox } from './agent-outbox.ts';
import { Backlog } from './backlog.ts';
import { busy, CurrentTurn } from './current-turn.ts';
import type { Rewind } from './find-rewind.ts';
import { InputQueue, type Receipt } from './input-queue.ts';
import { InteractionDesk } from './interaction-desk.ts';
import { Ledger } from './ledger.ts';
import { QuotaWait } from './quota-wait.ts';
import { recoverSession } from './recover-session.ts';
import { Release } from './release.ts';
import type { SessionOptions } from './session-options.ts';
import type { Step } from './step.ts';
import type { Subscriber } from './subscriber.ts';
import { Verdicts } from './verdicts.ts';
import type { PoolMember } from './worker-pool.ts';
import { WorkerSlot } from './worker-slot.ts';

const interrupted = { stopReason: 'interrupted', state: 'terminated' } as const;

/**
 * One conversation: decides what may happen next. What happened becomes true in its ledger; its prompts, the turn in
 * progress, what the agent asked and the worker each have a place of their own. Longer than most files because whatever
 * is asked of a session, and whatever happens to it, meets here.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #release: Release;
  readonly #ledger: Ledger;
  readonly #desk: InteractionDesk;
  readonly #inputs: InputQueue;
  readonly #turn: CurrentTurn;
  readonly #slot: WorkerSlot;
  readonly #outbox: AgentOutbox;
  readonly #drive: AgentDrive;
  readonly #conversation: AgentConversation;
  readonly #listener: AgentListener;
  readonly #backlog: Backlog;
  /** Whether something is being put back. */
  #isHeld = false;

  constructor(record: SessionRecord, options: SessionOptions) {
    const { store, clock, limits, definition } = options;
    const release = new Release({
      ...{ sessionId: record.id, store, clock, logger: options.logger },
      onLost: (reason) => this.#letGo(reason),
    });
    const ledger = new Ledger(record, { ...options, release });
    const desk = new InteractionDesk({
      ...{ store, clock, ledger, limits, logger: options.logger },
      verdicts: new Verdicts(options, () => ledger.record),
      happened: (collect, goOn) => this.#happened(collect, goOn),
      answer: (response) => this.#listener.answer(response),
    });
    this.#options = options;
    this.#release = release;
    this.#ledger = ledger;
    this.#desk = desk;
    this.#inputs = new InputQueue(options, ledger);
    this.#turn = new CurrentTurn(options, { ledger, desk });
    this.#backlog = new Backlog({
      ...{ ledger, clock, logger: options.logger },
      onWritten: () => this.#look(),
      onOverflow: () => this.#drive.end({ ...interrupted, message: 'storage_failed' }),
      onDrained: () => this.#drive.next(),
    });
    const quota = new QuotaWait({
      ...{ clock, limits: limits.budget.quota },
      onWait: () => options.metrics.count('quota_waits_total', { worker_type: definition.type }),
    });
    this.#slot = new WorkerSlot({
      ...{ ownerId: record.ownerId, clock, limits: limits.watch },
      start: options.supervise(definition.start, definition.type),
      describe: () => this.#conversation.describe(),
      onEvents: (events) => this.#listener.hear(events),
      onExit: (exit, ending) => this.#listener.exited(exit, ending),
      onExpired: (expiry) => this.#listener.expired(expiry),
      onEnding: () => this.#outbox.note(),
      onFree: () => this.#drive.goOn(),
    });
    const parts = {
      ...{ ledger, inputs: this.#inputs, turn: this.#turn },
      ...{ slot: this.#slot, backlog: this.#backlog },
    };
    const outbox = new AgentOutbox(options, { ...parts, release });
    this.#outbox = outbox;
    this.#drive = new AgentDrive(options, { ...parts, desk, outbox, look: () => this.#look() });
    this.#conversation = new AgentConversation(options, { ledger, turn: this.#turn, drive: this.#drive });
    this.#listener = new AgentListener(options, {
      ...{ ...parts, desk, outbox, quota, drive: this.#drive, onReady: options.onReady },
      interrupt: () => this.interrupt(),
    });
  }

  /** As it may be known outside: what is not settled yet is not in it. */
  get record(): Readonly<SessionRecord> {
    return this.#ledger.told.record;
  }

  /** Whether a turn is in progress, whoever knows of it. */
  get isInTurn(): boolean {
    return this.#record.turn !== null;
  }

  get workerPid(): number | undefined {
    return this.#slot.worker?.pid;
  }

  /** What keeps its agent from the rest of the machine. */
  get isolation(): IsolationLevel {
    return this.#options.definition.isolation ?? 'none';
  }

  /** How its owner goes on in a terminal; null until the agent has a conversation, and for agents that nobody can take there. */
  get terminalCommand(): readonly string[] | null {
    return this.#conversation.terminalCommand;
  }

  /** Whether the next gateway can go on with the agent. */
  get canBeTakenOver(): boolean {
    return this.#slot.isSaved;
  }

  /** What the pool of all sessions has to know of this one. */
  get poolMember(): PoolMember {
    return this.#slot;
  }

  /** The prompts that wait, as far as that may be known outside. */
  get queue(): InputRecord[] {
    return this.#ledger.told.waiting(this.#inputs.waiting);
  }

  /** What the agent asks, as far as that may be known outside. */
  get pending(): InteractionRecord[] {
    return this.#ledger.told.open(this.#desk.open);
  }

  /** Follows the session from now on; call the returned function to stop. */
  attach(subscriber: Subscriber): () => void {
    return this.#ledger.attach(subscriber);
  }

  /**
   * Resolves once all that was asked of the session so far is settled; undefined if it is. An answer that promises something
   * waits for it. Rejects with GATEWAY_OVERLOAD if that takes too long, RECONNECT_REQUIRED if the session was lost.
   */
  settled(): Promise<void> | undefined {
    return this.#release.settled();
  }

  /** Another gateway works for it now: nothing more is written or told here, and its agent is ended. */
  lose(reason: GatewayError): void {
    this.#release.lose(reason);
  }

  /** The log after a number, for replay: what is not told yet is not in it. */
  events(after: number, limit: number): EventRecord[] {
    const { id, lastSeq } = this.record;
    return this.#options.store.events(id, after, Math.max(0, Math.min(limit, lastSeq - after)));
  }

  /** The end of the log before a number, for reading backwards. */
  eventsBefore(before: number, limit: number): EventRecord[] {
    const { id, lastSeq } = this.record;
    return this.#options.store.eventsBefore(id, Math.min(before, lastSeq + 1), limit);
  }

  oldestSeq(): number {
    return this.#options.store.oldestSeq(this.record.id);
  }

  /** Starts the agent before it is needed, if that is in nobody's way (rule S3). */
  warm(): void {
    if (!this.#record.isArchived) this.#drive.warm();
  }

  /** Accepts a prompt and gets it to the agent as soon as its delivery allows. */
  prompt(request: PromptRequest): Receipt {
    this.#backlog.requireEmpty();
    if (!this.#inputs.find(request.inputId)) this.#drive.requireRoom();
    this.#options.traces?.expect(request.inputId, request.traceparent);
    const receipt = this.#inputs.accept(request, this.#turn.isOpen);
    if (receipt.duplicate) return receipt;
    const { input } = receipt;
    if (!this.#turn.isOpen) this.#drive.next();
    else if (input.delivery === 'steer') this.#drive.steer(input);
    else if (input.delivery === 'interrupt') this.interrupt();
    return { ...receipt, input: this.#inputs.find(input.inputId) ?? input };
  }

  editInput(inputId: string, content: string): void {
    this.#backlog.requireEmpty();
    this.#inputs.edit(inputId, content);
  }

  cancelInput(inputId: string): void {
    this.#backlog.requireEmpty();
    this.#inputs.cancel(inputId);
    // Others may have waited for it.
    this.#drive.next();
  }

  /** Answers what the agent asked. The first answer wins (rule E4). */
  respond(answer: InteractionResponse, by: string): void {
    this.#backlog.requireEmpty();
    this.#desk.respond(answer, by);
  }

  /** Asks the turn in progress to end; the session and its process stay. Does nothing while idle. */
  interrupt(): void {
    if (!this.#turn.isOpen || this.#turn.isInterrupted) return;
    this.#happened((step) => this.#desk.withdrawAll(step));
    this.#turn.interrupt(() => this.#drive.end({ ...interrupted, message: 'interrupt_forced' }));
    if (this.#slot.worker) this.#outbox.interrupt(this.#slot.worker);
  }

  /** Gives the agent a command (rule I5). */
  command(command: WorkerCommand): void {
    const { definition } = this.#options;
    if (!definition.commands.includes(command.command)) {
      throw new GatewayError('NOT_SUPPORTED', `${definition.title} has no command ${command.command}`);
    }
    this.#requireUnheld();
    this.#outbox.command(this.#drive.ensure(), command);
  }

  /** Ends the worker and any turn; history stays and the next prompt resumes. */
  async terminate(message: string): Promise<void> {
    // What comes from now on resumes the session.
    const { waiting } = this.#inputs;
    await this.#drive.endThen({ ...interrupted, message }, (step) => {
      this.#inputs.cancelAll(step, waiting, 'the session was ended');
      this.#ledger.move(step, 'terminated', { message });
    });
    await this.settled();
  }

  /** Ends the worker and forgets the agent's conversation: the next prompt starts with an empty memory. */
  async reset(): Promise<void> {
    await this.#conversation.reset();
    await this.settled();
  }

  /** What going back to before a turn would mean for the agent; see `findRewind` for what it throws. */
  rewindTo(turnId: string): Promise<Rewind> {
    return this.#conversation.rewindTo(turnId);
  }

  /**
   * Takes the agent back to before a turn: that one and all since are set aside, and stay in the log. Throws as `rewindTo`
   * does, and SESSION_BUSY in the middle of a turn.
   */
  async rewind(turnId: string): Promise<Rewind> {
    const rewind = await this.#conversation.rewind(turnId);
    await this.settled();
    return rewind;
  }

  /** Throws SESSION_BUSY in the middle of a turn, or while a prompt waits for one. */
  requireRest(): void {
    this.#turn.requireNone();
    if (this.#inputs.waiting.length > 0) throw busy();
  }

  /**
   * Puts something back, while which no prompt goes to the agent: what comes meanwhile waits. Throws SESSION_BUSY in the
   * middle of a turn, and while something is put back already.
   */
  async hold<T>(putBack: () => Promise<T>): Promise<T> {
    this.#turn.requireNone();
    this.#requireUnheld();
    this.#isHeld = true;
    return this.#drive.holdWhile(async () => {
      try {
        return await putBack();
      } finally {
        this.#isHeld = false;
      }
    });
  }

  /** Lets nothing go to the agent until this is over: what it does first is not to be taken for what was there before. */
  holdUntil(over: Promise<void> | undefined): void {
    if (over) this.#drive.holdUntil(over);
  }

  rename(title: string): void {
    this.#drive.write((step) => {
      Object.assign(step.session, { title, isNamed: true });
      step.tell({ type: 'session.title', data: { title } }, null);
    });
  }

  /** Puts the session away, or takes it back; nobody needs the agent of one that was put away. */
  archive(isArchived: boolean): void {
    if (this.#record.isArchived === isArchived) return;
    this.#drive.write((step) => {
      step.session.isArchived = isArchived;
    });
    if (isArchived) this.#slot.collect('archived');
  }

  /** Somebody gave it a file. */
  touch(): void {
    this.#ledger.touch();
  }

  /** Says goodbye to followers; the registry then removes the rows. */
  async delete(): Promise<void> {
    await this.#drive.endThen({ ...interrupted, message: 'session_deleted' }, (step) =>
      this.#ledger.move(step, 'deleted', { message: 'session deleted' }),
    );
  }

  /** The gateway is stopping: an open turn is closed honestly, an idle process just ends, unless the next one wants them. */
  async close({ keepAgent }: { keepAgent: boolean }): Promise<void> {
    if (keepAgent && this.#slot.isSaved) {
      // First it is given what waits for it.
      const settled = this.#settledIfPossible();
      if (settled) await settled;
      return this.#slot.leave();
    }
    const state = this.#turn.isOpen ? 'terminated' : this.#record.state;
    await this.#drive.close({ stopReason: 'interrupted', state, message: 'gateway_stopping' });
    await this.#settledIfPossible();
  }

  /**
   * Goes on after an earlier gateway: with its agent where that still runs, else what it left open is closed honestly
   * (rule S6). `swept` is over when the agents are gone of which nothing was written down. If this gateway itself had the
   * session before and lost it, `ended` is over when the agent it had then is gone, and nobody goes on with that one.
   */
  recover(swept: Promise<void>, ended?: Promise<void>): void {
    const parts = { ledger: this.#ledger, desk: this.#desk, inputs: this.#inputs, turn: this.#turn };
    recoverSession(this.#options, {
      ...{ ...parts, ...{ slot: this.#slot, backlog: this.#backlog, drive: this.#drive }, swept, ended },
      interrupt: () => this.interrupt(),
      look: () => this.#look(),
    });
  }

  /** The newest, for what is decided here. */
  get #record(): Readonly<SessionRecord> {
    return this.#ledger.record;
  }

  /** Nobody was told of what is not settled by then: the next gateway goes on from what is. */
  #settledIfPossible(): Promise<void> | undefined {
    return this.settled()?.catch(() => {});
  }

  #letGo(reason: GatewayError): void {
    this.#backlog.close(reason);
    this.#ledger.sendAway(reason);
    const hadAgent = this.#slot.hasWorker;
    const ended = this.#slot.abandon().catch((error: unknown) => {
      const { logger } = this.#options;
      logger.error({ session: this.record.id, error: String(error) }, 'an agent could not be ended');
    });
    this.#options.onLost?.(hadAgent ? ended : undefined);
  }

  #requireUnheld(): void {
    if (!this.#isHeld) return;
    throw new GatewayError('SESSION_BUSY', 'this session is being taken back: try again in a moment');
  }

  #look(): void {
    this.#slot.see({ turnId: this.#turn.id, isAsking: this.#desk.isAsking });
  }

  /** Writes down what happened by itself, later if it is impossible now; then goes on. */
  #happened(collect: (step: Step) => void, goOn: (step: Step) => void = () => {}): void {
    this.#backlog.add({ collect, goOn });
  }
}
