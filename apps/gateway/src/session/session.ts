import type { IsolationLevel } from '@hotplex/aep-protocol';
import { GatewayError } from '../ground/gateway-error.ts';
import type { EventRecord, InputRecord, InteractionRecord, SessionRecord } from '../store/store.ts';
import type { InteractionResponse, WorkerCommand } from '../worker/worker.ts';
import type { PromptRequest } from './accept-input.ts';
import type { Rewind } from './find-rewind.ts';
import type { Receipt } from './input-queue.ts';
import { recoverSession } from './recover-session.ts';
import type { SessionOptions } from './session-options.ts';
import { createParts, type SessionParts } from './session-parts.ts';
import type { Subscriber } from './subscriber.ts';
import type { PoolMember } from './worker-pool.ts';

/**
 * One conversation: all that can be asked of it, and whether that may happen now. What happened becomes true in its
 * ledger; its prompts, the turn in progress, what the agent asked and the worker each have a place of their own.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #parts: SessionParts;

  constructor(record: SessionRecord, options: SessionOptions) {
    this.#options = options;
    this.#parts = createParts(record, options);
  }

  /** As it may be known outside: what is not settled yet is not in it. */
  get record(): Readonly<SessionRecord> {
    return this.#parts.ledger.told.record;
  }

  /** Whether a turn is in progress, whoever knows of it. */
  get isInTurn(): boolean {
    return this.#parts.ledger.record.turn !== null;
  }

  get workerPid(): number | undefined {
    return this.#parts.slot.pid;
  }

  /** What keeps its agent from the rest of the machine. */
  get isolation(): IsolationLevel {
    return this.#options.definition.isolation ?? 'none';
  }

  /** How its owner goes on in a terminal; null until the agent has a conversation, and for agents that nobody can take there. */
  get terminalCommand(): readonly string[] | null {
    return this.#parts.conversation.terminalCommand;
  }

  /** Whether the next gateway can go on with the agent. */
  get canBeTakenOver(): boolean {
    return this.#parts.slot.isSaved;
  }

  /** What the pool of all sessions has to know of this one. */
  get poolMember(): PoolMember {
    return this.#parts.slot;
  }

  /** The prompts that wait, as far as that may be known outside. */
  get queue(): InputRecord[] {
    const { ledger, inputs } = this.#parts;
    return ledger.told.waiting(inputs.waiting);
  }

  /** What the agent asks, as far as that may be known outside. */
  get pending(): InteractionRecord[] {
    const { ledger, desk } = this.#parts;
    return ledger.told.open(desk.open);
  }

  /** Follows the session from now on; call the returned function to stop. */
  attach(subscriber: Subscriber): () => void {
    return this.#parts.ledger.attach(subscriber);
  }

  /**
   * Resolves once all that was asked of the session so far is settled; undefined if it is. An answer that promises something
   * waits for it. Rejects with GATEWAY_OVERLOAD if that takes too long, RECONNECT_REQUIRED if the session was lost.
   */
  settled(): Promise<void> | undefined {
    return this.#parts.release.settled();
  }

  /** Another gateway works for it now: nothing more is written or told here, and its agent is ended. */
  lose(reason: GatewayError): void {
    this.#parts.release.lose(reason);
  }

  /** The log after a number, for replay: what is not told yet is not in it. */
  events(after: number, limit: number): EventRecord[] {
    return this.#parts.ledger.told.events(after, limit);
  }

  /** The end of the log before a number, for reading backwards. */
  eventsBefore(before: number, limit: number): EventRecord[] {
    return this.#parts.ledger.told.eventsBefore(before, limit);
  }

  oldestSeq(): number {
    return this.#parts.ledger.told.oldestSeq();
  }

  /** Starts the agent before it is needed, if that is in nobody's way (rule S3). */
  warm(): void {
    const { ledger, drive } = this.#parts;
    if (!ledger.record.isArchived) drive.warm();
  }

  /** Accepts a prompt and gets it to the agent as soon as its delivery allows. */
  prompt(request: PromptRequest): Receipt {
    const { backlog, inputs, turn, drive } = this.#parts;
    backlog.requireEmpty();
    if (!inputs.find(request.inputId)) drive.requireRoom();
    this.#options.traces?.expect(request.inputId, request.traceparent);
    const receipt = inputs.accept(request, turn.isOpen);
    if (receipt.duplicate) return receipt;
    const { input } = receipt;
    drive.deliver(input);
    return { ...receipt, input: inputs.find(input.inputId) ?? input };
  }

  editInput(inputId: string, content: string): void {
    const { backlog, inputs } = this.#parts;
    backlog.requireEmpty();
    inputs.edit(inputId, content);
  }

  cancelInput(inputId: string): void {
    const { backlog, inputs, drive } = this.#parts;
    backlog.requireEmpty();
    inputs.cancel(inputId);
    // Others may have waited for it.
    drive.next();
  }

  /** Answers what the agent asked. The first answer wins (rule E4). */
  respond(answer: InteractionResponse, by: string): void {
    const { backlog, desk } = this.#parts;
    backlog.requireEmpty();
    desk.respond(answer, by);
  }

  /** Asks the turn in progress to end; the session and its process stay. Does nothing while idle. */
  interrupt(): void {
    this.#parts.drive.interrupt();
  }

  /** Gives the agent a command (rule I5). */
  command(command: WorkerCommand): void {
    const { definition } = this.#options;
    const { lock, outbox, drive } = this.#parts;
    if (!definition.commands.includes(command.command)) {
      throw new GatewayError('NOT_SUPPORTED', `${definition.title} has no command ${command.command}`);
    }
    lock.requireFree();
    outbox.command(drive.ensure(), command);
  }

  /** Ends the worker and any turn; history stays and the next prompt resumes. */
  terminate(message: string): Promise<void> {
    return this.#parts.end.terminate(message);
  }

  /** Ends the worker and forgets the agent's conversation: the next prompt starts with an empty memory. */
  async reset(): Promise<void> {
    await this.#parts.conversation.reset();
    await this.settled();
  }

  /** What going back to before a turn would mean for the agent; see `findRewind` for what it throws. */
  rewindTo(turnId: string): Promise<Rewind> {
    return this.#parts.conversation.rewindTo(turnId);
  }

  /**
   * Takes the agent back to before a turn: that one and all since are set aside, and stay in the log. Throws as `rewindTo`
   * does, and SESSION_BUSY in the middle of a turn.
   */
  async rewind(turnId: string): Promise<Rewind> {
    const rewind = await this.#parts.conversation.rewind(turnId);
    await this.settled();
    return rewind;
  }

  /** Throws SESSION_BUSY in the middle of a turn, or while a prompt waits for one. */
  requireRest(): void {
    this.#parts.lock.requireRest();
  }

  /**
   * Puts something back, while which no prompt goes to the agent: what comes meanwhile waits. Throws SESSION_BUSY in the
   * middle of a turn, and while something is put back already.
   */
  hold<T>(putBack: () => Promise<T>): Promise<T> {
    return this.#parts.lock.hold(putBack);
  }

  /** Lets nothing go to the agent until this is over: what it does first is not to be taken for what was there before. */
  holdUntil(over: Promise<void> | undefined): void {
    if (over) this.#parts.drive.holdUntil(over);
  }

  rename(title: string): void {
    this.#parts.drive.write((step) => {
      Object.assign(step.session, { title, isNamed: true });
      step.tell({ type: 'session.title', data: { title } }, null);
    });
  }

  /** Puts the session away, or takes it back; nobody needs the agent of one that was put away. */
  archive(isArchived: boolean): void {
    const { ledger, slot, drive } = this.#parts;
    if (ledger.record.isArchived === isArchived) return;
    drive.write((step) => {
      step.session.isArchived = isArchived;
    });
    if (isArchived) slot.collect('archived');
  }

  /** Somebody gave it a file. */
  touch(): void {
    this.#parts.ledger.touch();
  }

  /** Says goodbye to followers; the registry then removes the rows. */
  delete(): Promise<void> {
    return this.#parts.end.delete();
  }

  /** The gateway is stopping: an open turn is closed honestly, an idle process just ends, unless the next one wants them. */
  close(how: { keepAgent: boolean }): Promise<void> {
    return this.#parts.end.close(how);
  }

  /**
   * Goes on after an earlier gateway: with its agent where that still runs, else what it left open is closed honestly
   * (rule S6). `swept` is over when the agents are gone of which nothing was written down. If this gateway itself had the
   * session before and lost it, `ended` is over when the agent it had then is gone, and nobody goes on with that one.
   */
  recover(swept: Promise<void>, ended?: Promise<void>): void {
    recoverSession(this.#options, { ...this.#parts, swept, ended });
  }
}
