import type { Timer } from '../../ground/clock.ts';
import type { ChildProcess, Exit } from '../../process/child-process.ts';
import { type Held, HeldBack } from '../held-back.ts';
import { stopAgent } from '../stop-agent.ts';
import type {
  InteractionResponse,
  Worker,
  WorkerCommand,
  WorkerEvent,
  WorkerInput,
  WorkerReady,
  WorkerState,
} from '../worker.ts';
import { type Phase, toWorkerExit } from '../worker-exit.ts';
import { lasting, stateOf } from '../worker-state.ts';
import type { ClaudeCodeWorkerOptions } from './claude-code-worker-options.ts';
import { planCommand, toAsked } from './commands.ts';
import { ControlChannel, type Reply } from './control-channel.ts';
import { addSteered, beginTurn, type Conversation, createConversation } from './conversation.ts';
import { exitWords } from './exit-words.ts';
import { openChecks, toolHook } from './hook.ts';
import { toArguments } from './launch.ts';
import { serversRequest, toServerProblems } from './mcp-servers.ts';
import { type Remembered, toMemory } from './memory.ts';
import { type ClaudeRecord, decodeRecord } from './messages.ts';
import { promptLine, refusalLine } from './outgoing.ts';
import { translateAsk } from './permission.ts';
import { toReady } from './ready.ts';
import { takeAnswer } from './take-answer.ts';
import { translate } from './translate.ts';

/** A start from a cold disk was seen to take 8 s. */
const readyMs = 60_000;
/** The time between TERM and KILL. */
const graceMs = 2_000;

/** One Claude Code process, hot over many turns. */
export class ClaudeCodeWorker implements Worker {
  readonly #options: ClaudeCodeWorkerOptions;
  readonly #gone = Promise.withResolvers<Exit>();
  #conversation: Conversation;
  #process: ChildProcess;
  readonly #control: ControlChannel;
  #patience: Timer | undefined;
  #tooSlow = false;
  /** Whether the conversation begins with this worker. */
  #isNew: boolean;
  /** Undefined while starting. */
  #ready: WorkerReady | undefined;
  readonly #held = new HeldBack();
  #stopping: Promise<Exit> | undefined;
  #onDone: (() => void) | undefined;

  constructor(options: ClaudeCodeWorkerOptions) {
    this.#options = options;
    const { workDir, resume, fork, clock, adopt } = options;
    this.#conversation = adopt?.memory.conversation ?? createConversation({ workDir, resume });
    this.#control = new ControlChannel(options.ids, (line) => this.#process.writeLine(line));
    this.#isNew = resume === undefined && fork === undefined;
    this.#process = this.#launch({ resume, fork });
    if (adopt) {
      this.#goOn(adopt.memory);
      return;
    }
    this.#initialize();
    this.#patience = clock.after(readyMs, () => {
      this.#tooSlow = true;
      void this.stop();
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  prompt(input: WorkerInput): void {
    this.#whenReady({ input, send: () => this.#write(input, beginTurn) });
  }

  steer(input: WorkerInput): void {
    this.#whenReady({ input, send: () => this.#write(input, addSteered) });
  }

  respond(response: InteractionResponse): void {
    const line = takeAnswer(this.#conversation, response);
    if (line !== undefined) this.#process.writeLine(line);
  }

  interrupt(): void {
    if (!this.#ready) this.#emitSoon(this.#held.interrupt());
    const { turn } = this.#conversation;
    if (!turn) return;
    this.#control.request({ subtype: 'interrupt' });
    // NOTE: an interrupt that overtakes its prompt finds nothing to interrupt; it is repeated once the turn runs.
    if (!turn.started) turn.interruptedEarly = true;
  }

  command(command: WorkerCommand): void {
    const plan = planCommand(command, this.#options.permissionModes);
    this.#whenReady({
      send: () => {
        if (plan.by === 'us') this.#emitSoon(plan.toEvents(this.#ready ?? {}));
        if (plan.by === 'prompt') this.#writeSlashCommand(plan.text);
        if (plan.by === 'control') this.#control.request(plan.request, toAsked(command, plan));
      },
    });
  }

  save(): WorkerState | undefined {
    const ready = this.#ready;
    if (!ready || this.#stopping) return undefined;
    const { commands } = this.#control;
    return stateOf(this.#process, () => toMemory({ conversation: this.#conversation, ready, commands }));
  }

  stop(): Promise<Exit> {
    this.#stopping ??= this.#stopInOrder();
    return this.#stopping;
  }

  #launch({ resume, fork }: Pick<ClaudeCodeWorkerOptions, 'resume' | 'fork'>): ChildProcess {
    const { spawn, file, config, trusted, workDir: cwd, environment: env, ids, adopt } = this.#options;
    const conversation = resume === undefined ? { create: ids.uuid(), fork } : { resume };
    const args = toArguments({ config, trusted, conversation });
    return spawn(
      { file, args, cwd, env, graceMs, ...lasting(adopt) },
      { onLines: (lines) => this.#read(lines), onExit: (exit) => this.#exited(exit) },
    );
  }

  /** The CLI is up since an earlier gateway: only this one has to learn of it. */
  #goOn({ ready, commands }: Remembered): void {
    const { permissionModes } = this.#options;
    this.#ready = { ...ready, permission_modes: [...permissionModes] };
    for (const [id, command] of commands) {
      const plan = planCommand(command, permissionModes);
      if (plan.by === 'control') this.#control.expect(id, toAsked(command, plan));
    }
    this.#emitSoon([{ type: 'worker.ready', data: this.#ready }, ...openChecks(this.#conversation)]);
  }

  /** The CLI says nothing by itself before the first prompt; its answer to this says that it is up. */
  #initialize(): void {
    // The system prompt travels here and not in the arguments, where everybody on the machine could read it.
    const { system_prompt: appendSystemPrompt, mcp_servers = {} } = this.#options.config;
    const onReply = (reply: Reply): WorkerEvent[] => {
      const ready = toReady('value' in reply ? reply.value : {}, this.#options.permissionModes);
      if (Object.keys(mcp_servers).length === 0) return this.#becomeReady(ready);
      this.#control.request(serversRequest(mcp_servers), {
        onReply: (servers) => [...this.#becomeReady(ready), ...toServerProblems(servers)],
      });
      return [];
    };
    this.#control.request({ subtype: 'initialize', appendSystemPrompt, hooks: toolHook }, { onReply });
  }

  #becomeReady(ready: WorkerReady): WorkerEvent[] {
    this.#patience?.cancel();
    this.#ready = ready;
    this.#held.sendAll();
    return [{ type: 'worker.ready', data: ready }];
  }

  #whenReady(held: Held): void {
    if (this.#ready) held.send();
    else this.#held.add(held);
  }

  #write(input: WorkerInput, note: typeof beginTurn): void {
    const uuid = this.#options.ids.uuid();
    note(this.#conversation, { uuid, inputId: input.inputId });
    this.#process.writeLine(promptLine(uuid, input));
  }

  /** A slash command is a turn that no input asked for; the CLI announces it itself. */
  #writeSlashCommand(content: string): void {
    if (this.#conversation.turn) {
      const message = `${content} has to wait for the end of the running turn.`;
      this.#emitSoon([{ type: 'error', data: { code: 'SESSION_BUSY', message } }]);
      return;
    }
    this.#process.writeLine(promptLine(this.#options.ids.uuid(), { inputId: '', content }));
  }

  #read(lines: readonly string[]): void {
    this.#emit(lines.flatMap((line) => this.#toEvents(decodeRecord(line))));
    const { turn } = this.#conversation;
    if (!turn?.started || !turn.interruptedEarly) return;
    turn.interruptedEarly = false;
    this.#control.request({ subtype: 'interrupt' });
  }

  #toEvents(record: ClaudeRecord): WorkerEvent[] {
    if (record.type === 'control_response') return this.#control.replied(record);
    if (record.type === 'control_request') {
      const asked = translateAsk(this.#conversation, record);
      if (!asked) this.#process.writeLine(refusalLine(record.request_id, 'not supported by this host'));
      return asked ?? [];
    }
    return translate(this.#conversation, record);
  }

  #emit(events: readonly WorkerEvent[]): void {
    if (events.length > 0) this.#options.listener.onEvents(events);
    if (events.some(({ type }) => type === 'done')) this.#onDone?.();
  }

  /** For answers to a call of the session, which must not be called back from within. */
  #emitSoon(events: readonly WorkerEvent[]): void {
    queueMicrotask(() => this.#emit(events));
  }

  #stopInOrder(): Promise<Exit> {
    const turnOver = this.#conversation.turn && new Promise<void>((resolve) => (this.#onDone = resolve));
    if (turnOver) this.#control.request({ subtype: 'interrupt', cancel_queued: true });
    const { clock } = this.#options;
    return stopAgent({ process: this.#process, gone: this.#gone.promise, clock, turnOver });
  }

  #exited(exit: Exit): void {
    const { listener, workDir } = this.#options;
    if (this.#phase === 'starting' && !this.#isNew && /No (conversation|message) found/.test(exit.stderr)) {
      this.#emit([{ type: 'context.lost', data: { reason: 'the agent no longer has this conversation' } }]);
      this.#conversation = createConversation({ workDir });
      this.#isNew = true;
      this.#process = this.#launch({ resume: undefined });
      this.#initialize();
      this.#patience?.refresh();
      return;
    }
    this.#patience?.cancel();
    const end = toWorkerExit(exit, this.#phase, exitWords);
    this.#gone.resolve(end);
    listener.onExit(end);
  }

  get #phase(): Phase {
    if (this.#tooSlow) return 'too-slow';
    if (this.#stopping) return 'stopping';
    return this.#ready ? 'ready' : 'starting';
  }
}
