import { atMost } from '../../ground/at-most.ts';
import { unknownStats } from '../../ground/unknown-stats.ts';
import { type ModelName, toModelName } from '../opencode/model-name.ts';
import type {
  Exit,
  InteractionResponse,
  Worker,
  WorkerCommand,
  WorkerEvent,
  WorkerInput,
} from '../worker.ts';
import { answerByPerson, answerByPolicy } from './answer-asks.ts';
import { Backlog } from './backlog.ts';
import { catchUp } from './catch-up.ts';
import { beginTurn, type Conversation, createConversation, forgetConversation } from './conversation.ts';
import { EndWatch } from './end-watch.ts';
import { newMessageId } from './message-id.ts';
import type { ServerEvent } from './messages.ts';
import { createSession, openConversation } from './open-conversation.ts';
import type { OpenCodeServer, ServerTenant } from './opencode-server.ts';
import { type PermissionPolicy, policyOf } from './permission-policy.ts';
import { PromptSender } from './prompt-sender.ts';
import { type CommandSubject, runCommand } from './run-command.ts';
import { wordsOf } from './server-client.ts';
import { SessionApi } from './session-api.ts';
import { translate } from './translate.ts';
import { distrustOpenBlocks } from './translate-part.ts';
import { awaitedEnd, finishTurn } from './translate-turn.ts';
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
  readonly #endWatch: EndWatch;
  #api: SessionApi | undefined;
  #sender: PromptSender | undefined;
  #server: OpenCodeServer | undefined;
  readonly #backlog = new Backlog();
  #ended = false;
  #stopping: Promise<Exit> | undefined;
  #onDone: (() => void) | undefined;

  constructor(options: OpenCodeServerWorkerOptions) {
    this.#options = options;
    const { workDir, config, clock } = options;
    this.conversation = createConversation({ workDir });
    this.policy = policyOf(config);
    this.model = config.model === undefined ? undefined : toModelName(config.model);
    this.#endWatch = new EndWatch({ clock, onEnd: (lost) => void this.#end(lost) });
  }

  prompt(input: WorkerInput): void {
    this.#backlog.add({ input, send: () => this.#sender?.send(input, 'turn', this.model) });
  }

  steer(input: WorkerInput): void {
    this.#backlog.add({ input, send: () => this.#sender?.send(input, 'steer', this.model) });
  }

  respond(response: InteractionResponse): void {
    const { conversation, policy } = this;
    if (this.#api) answerByPerson({ conversation, policy, api: this.#api }, response);
  }

  interrupt(): void {
    if (!this.#backlog.isOpen) this.#dropPrompts();
    if (!this.conversation.turn) return;
    this.conversation.turn.interrupting = true;
    this.#abort();
  }

  command(command: WorkerCommand): void {
    this.#backlog.add({
      send: () => {
        if (!this.#api) return;
        const context = { worker: this, api: this.#api, permissionModes: this.#options.permissionModes };
        void this.#try(async () => this.emit(await runCommand(context, command)));
      },
    });
  }

  stop(): Promise<Exit> {
    this.#stopping ??= this.#stopInOrder();
    return this.#stopping;
  }

  onUp(server: OpenCodeServer): void {
    void this.#open(server);
  }

  onEvents(events: readonly ServerEvent[]): void {
    const before = this.conversation.turn?.started;
    this.emit(events.flatMap((event) => this.#toEvents(event)));
    const { turn } = this.conversation;
    // NOTE: an abort that overtakes its prompt finds nothing to abort; it is repeated once the turn runs.
    if (turn?.interrupting && turn.started && !before) this.#abort();
    this.#endWatch.look(awaitedEnd(this.conversation));
  }

  onGap(): void {
    distrustOpenBlocks(this.conversation);
    void this.#catchUp();
  }

  onExit(exit: Exit): void {
    this.#exit(this.#stopping ? { ...exit, reason: 'stopped' } : exit);
  }

  /** Tells the session; ignored after the exit. */
  emit(events: readonly WorkerEvent[]): void {
    if (this.#ended || events.length === 0) return;
    this.#options.listener.onEvents(events);
    const done = events.find((event) => event.type === 'done');
    if (!done) return;
    this.#onDone?.();
    if (!this.#stopping && done.data.stats?.stop_reason === 'interrupted')
      this.#sender?.resendSteered(this.model);
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
    if (!this.#api || !this.#server) return;
    const { disallowed_tools: disallowed = [] } = this.#options.config;
    const id = await createSession({ api: this.#api, disallowed });
    forgetConversation(this.conversation, id);
    this.#server.claim(id, this);
    this.emit([{ type: 'worker.session', data: { id } }]);
  }

  async #open(server: OpenCodeServer): Promise<void> {
    const { workDir, config, resume, permissionModes, clock, ids } = this.#options;
    const api = new SessionApi(server.client, workDir);
    try {
      const opened = await openConversation({
        ...{ api, conversation: this.conversation, resume, permissionModes },
        ...{ disallowed: config.disallowed_tools ?? [], version: server.version },
      });
      if (this.#ended || this.conversation.sessionId === undefined) return;
      server.claim(this.conversation.sessionId, this);
      this.fallback = opened.fallback;
      this.#api = api;
      this.#sender = new PromptSender({
        ...{ api, conversation: this.conversation, policy: this.policy, clock, ids },
        system: config.system_prompt,
        onRefused: (error, how) => this.#refused(error, how),
      });
      this.#server = server;
      this.emit(opened.events);
      this.#backlog.open();
    } catch (error) {
      if (this.#ended || this.#stopping) return;
      const message = `OpenCode could not open the conversation: ${wordsOf(error)}`;
      this.#options.leave(this);
      this.#exit({ ...stopped, reason: 'start-failed', message });
    }
  }

  #refused(error: unknown, how: 'turn' | 'steer'): void {
    const message = `OpenCode did not take the prompt: ${wordsOf(error)}`;
    if (how === 'turn') this.failTurn(message);
    else this.emit([{ type: 'error', data: { code: 'INTERNAL_ERROR', message } }]);
  }

  #abort(): void {
    this.#api?.abort(this.conversation.sessionId ?? '').catch(() => {});
  }

  #toEvents(event: ServerEvent): WorkerEvent[] {
    const { conversation, policy } = this;
    const desk = this.#api && { conversation, policy, api: this.#api };
    const answered = event.type === 'permission.asked' && desk ? answerByPolicy(desk, event) : undefined;
    return answered ?? translate(conversation, event);
  }

  async #catchUp(): Promise<void> {
    const api = this.#api;
    if (!api || this.#ended) return;
    await this.#try(async () => this.onEvents(await catchUp(this.conversation, api)));
  }

  async #end(lost: boolean): Promise<void> {
    const { turn } = this.conversation;
    if (lost) await this.#catchUp();
    if (turn && turn === this.conversation.turn && turn.idle) this.emit(finishTurn(this.conversation));
  }

  /** Runs what asks the server; its refusal is told as an error beside the turn. */
  async #try(ask: () => Promise<void>): Promise<void> {
    try {
      await ask();
    } catch (error) {
      this.emit([{ type: 'error', data: { code: 'INTERNAL_ERROR', message: wordsOf(error) } }]);
    }
  }

  /** What was interrupted before it was sent never ran. */
  #dropPrompts(): void {
    const input_ids = this.#backlog.dropPrompts();
    if (input_ids.length === 0) return;
    const data = { success: false, stats: unknownStats('interrupted'), input_ids };
    queueMicrotask(() => this.emit([{ type: 'done', data }]));
  }

  async #stopInOrder(): Promise<Exit> {
    if (this.conversation.turn && !this.#ended) {
      const done = new Promise<void>((resolve) => {
        this.#onDone = resolve;
      });
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
    this.#endWatch.look('none');
    this.#gone.resolve(exit);
    this.#options.listener.onExit(exit);
  }
}
