import { atMost } from '../../ground/at-most.ts';
import type { GateCheck } from '../opencode/gate-check.ts';
import { type ModelName, toModelName } from '../opencode/model-name.ts';
import type {
  Exit,
  InteractionResponse,
  Worker,
  WorkerCommand,
  WorkerEvent,
  WorkerInput,
  WorkerState,
} from '../worker.ts';
import { noteCheck, openChecks } from './answer-asks.ts';
import { Backlog } from './backlog.ts';
import { beginTurn, type Conversation, createConversation, forgetConversation } from './conversation.ts';
import { Follower } from './follower.ts';
import { toMemory } from './memory.ts';
import { newMessageId } from './message-id.ts';
import type { ServerEvent } from './messages.ts';
import type { OpenCodeServer, ServerTenant } from './opencode-server.ts';
import { type PermissionPolicy, policyOf } from './permission-policy.ts';
import { type CommandSubject, runCommand } from './run-command.ts';
import { wordsOf } from './server-client.ts';
import { ServerLink } from './server-link.ts';
import { finishTurn } from './translate-turn.ts';
import type { OpenCodeServerWorkerOptions } from './worker-options.ts';

/** How long a turn may take to end when the worker is stopped in the middle of it. */
const abortMs = 2_000;
const stopped: Exit = { reason: 'stopped', code: null, signal: null, stderr: '' };

/** One conversation in the shared OpenCode server. */
export class OpenCodeServerWorker implements Worker, ServerTenant, CommandSubject {
  /** NOTE: the process belongs to the server; ending it would end the conversations of others. */
  readonly pid = undefined;
  readonly conversation: Conversation;
  readonly policy: PermissionPolicy;
  /** The model to prompt with; undefined leaves the choice to OpenCode. */
  model: ModelName | undefined;
  /** What OpenCode would choose. */
  fallback: ModelName | undefined;
  readonly #options: OpenCodeServerWorkerOptions;
  readonly #gone = Promise.withResolvers<Exit>();
  readonly #follower: Follower;
  /** Undefined until the server is up. */
  #link: ServerLink | undefined;
  readonly #backlog = new Backlog();
  #ended = false;
  #stopping: Promise<Exit> | undefined;
  #onDone: (() => void) | undefined;

  constructor(options: OpenCodeServerWorkerOptions) {
    this.#options = options;
    const { workDir, config, clock, adopt } = options;
    this.conversation = adopt?.memory.conversation ?? createConversation({ workDir });
    this.policy = policyOf(config, adopt?.memory.policy);
    const model = config.model === undefined ? undefined : toModelName(config.model);
    this.model = adopt ? adopt.memory.model : model;
    this.#follower = new Follower({
      ...{ conversation: this.conversation, policy: this.policy, clock },
      link: () => this.#link,
      emit: (events) => this.emit(events),
      onFilled: () => this.#link?.claim(this),
    });
  }

  prompt(input: WorkerInput): void {
    this.#backlog.add({ input, send: () => this.#link?.sender.send(input, 'turn', this.model) });
  }

  steer(input: WorkerInput): void {
    this.#backlog.add({ input, send: () => this.#link?.sender.send(input, 'steer', this.model) });
  }

  respond(response: InteractionResponse): void {
    this.#backlog.add({ send: () => this.#link?.respond(response) });
  }

  interrupt(): void {
    const told = this.#backlog.interrupt();
    if (told.length > 0) queueMicrotask(() => this.emit(told));
    if (!this.conversation.turn) return;
    this.conversation.turn.interrupting = true;
    this.#link?.abort();
  }

  command(command: WorkerCommand): void {
    this.#backlog.add({
      send: () => {
        if (!this.#link) return;
        const { api } = this.#link;
        const context = { worker: this, api, permissionModes: this.#options.permissionModes };
        runCommand(context, command).then(
          (events) => this.emit(events),
          // Beside the turn: it goes on.
          (error: unknown) => this.#tellError(wordsOf(error)),
        );
      },
    });
  }

  save(): WorkerState | undefined {
    const { adopt } = this.#options;
    const state = this.#link ? this.#link.server.state : adopt;
    // Before it is open, only what an earlier gateway left is known to be so.
    const isKnown = this.#backlog.isOpen || (adopt && !this.#backlog.holdsPrompts);
    if (!state || !isKnown || this.#ended || this.#stopping) return undefined;
    const { conversation, policy, model } = this;
    const prompts = this.#link?.sender.remembered ?? adopt?.memory.prompts;
    const memory = prompts && toMemory({ conversation, policy: policy.remembered, model, prompts });
    return memory && { process: state.process, offset: state.offset, memory };
  }

  stop(): Promise<Exit> {
    this.#stopping ??= this.#stopInOrder();
    return this.#stopping;
  }

  onUp(server: OpenCodeServer): void {
    const { config, permissionModes, clock, ids, adopt } = this.#options;
    this.#link = new ServerLink({
      ...{ server, conversation: this.conversation, policy: this.policy },
      ...{ config, permissionModes, clock, ids },
      remembered: adopt?.memory.prompts,
      onRefused: (error, how) => this.#refused(error, how),
    });
    void (adopt ? this.#goOn(this.#link) : this.#open(this.#link));
  }

  onEvents(events: readonly ServerEvent[]): void {
    this.#follower.take(events);
  }

  onCheck(check: GateCheck): void {
    this.emit(noteCheck(this.conversation, check));
  }

  onGap(): void {
    this.#follower.awaitMissed();
    void this.#follower.tellMissed();
  }

  onExit(exit: Exit): void {
    this.#exit(this.#stopping ? { ...exit, reason: 'stopped' } : exit);
  }

  /** Tells the session; ignored after the exit. */
  emit(events: readonly WorkerEvent[]): void {
    if (this.#ended || events.length === 0) return;
    this.#options.listener.onEvents(events);
    const done = events.find((event) => event.type === 'done');
    if (done) this.#onDone?.();
    if (done?.data.stats?.stop_reason === 'interrupted' && !this.#stopping)
      this.#link?.sender.resendSteered(this.model);
  }

  /** Begins a turn that no prompt asked for. */
  beginOwnTurn(): void {
    const { clock, ids } = this.#options;
    beginTurn(this.conversation, { since: newMessageId(clock, ids), inputIds: new Set() });
    this.emit([{ type: 'turn.started', data: { input_ids: [] } }]);
  }

  /** Ends the running turn with this error, because the server could not be given its prompt. */
  failTurn(message: string): void {
    if (!this.conversation.turn) return;
    this.conversation.turn.error = { name: 'UnknownError', data: { message } };
    this.emit(finishTurn(this.conversation));
  }

  async forget(): Promise<void> {
    if (!this.#link) return;
    const id = await this.#link.create();
    forgetConversation(this.conversation, id);
    this.#link.claim(this);
    this.emit([{ type: 'worker.session', data: { id } }]);
  }

  async #open(link: ServerLink): Promise<void> {
    const { resume, fork } = this.#options;
    try {
      const { events, fallback } = await link.open({ resume, fork });
      if (this.#ended) return;
      this.fallback = fallback;
      link.claim(this);
      this.#backlog.open();
      this.emit(events);
    } catch (error) {
      this.#giveUp(error, 'start-failed');
    }
  }

  /** Goes on where an earlier gateway was: what that did not hear is told before what comes now. */
  async #goOn(link: ServerLink): Promise<void> {
    this.#follower.awaitMissed();
    link.claim(this);
    try {
      const { events, fallback } = await link.reopen();
      this.fallback = fallback;
      this.emit(events);
      await this.#follower.tellMissed();
      this.emit(openChecks(this.conversation));
      // The last gateway may not have come to that.
      if (this.conversation.turn?.interrupting) link.abort();
      if (!this.conversation.turn) link.sender.resendSteered(this.model);
      this.#backlog.open();
      // What was held back is sent: that is how the worker stands now.
      if (!this.#ended) this.#options.listener.onEvents([]);
    } catch (error) {
      if (this.conversation.turn) link.abort();
      this.#giveUp(error, 'killed');
    }
  }

  #giveUp(error: unknown, reason: Exit['reason']): void {
    if (this.#ended || this.#stopping) return;
    const message = `OpenCode could not open the conversation: ${wordsOf(error)}`;
    this.#options.leave(this);
    this.#exit({ ...stopped, reason, message });
  }

  #refused(error: unknown, how: 'turn' | 'steer'): void {
    const message = `OpenCode did not take the prompt: ${wordsOf(error)}`;
    if (how === 'turn') this.failTurn(message);
    else this.#tellError(message);
  }

  #tellError(message: string): void {
    this.emit([{ type: 'error', data: { code: 'INTERNAL_ERROR', message } }]);
  }

  async #stopInOrder(): Promise<Exit> {
    if (this.conversation.turn && !this.#ended) {
      const done = new Promise<void>((resolve) => (this.#onDone = resolve));
      this.interrupt();
      await atMost(this.#options.clock, abortMs, [done, this.#gone.promise]);
    }
    this.#options.leave(this);
    this.#exit(stopped);
    return this.#gone.promise;
  }

  #exit(exit: Exit): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#follower.stop();
    this.#gone.resolve(exit);
    this.#options.listener.onExit(exit);
  }
}
