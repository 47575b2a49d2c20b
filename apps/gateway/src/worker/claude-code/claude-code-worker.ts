import type { SessionConfig } from '@hotplex/aep-protocol';
import { atMost } from '../../ground/at-most.ts';
import type { Clock, Timer } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import { unknownStats } from '../../ground/unknown-stats.ts';
import type { ChildProcess, Exit, SpawnProcess } from '../../process/child-process.ts';
import { type Held, HeldBack } from '../held-back.ts';
import type {
  InteractionResponse,
  Worker,
  WorkerCommand,
  WorkerEvent,
  WorkerInput,
  WorkerListener,
  WorkerReady,
} from '../worker.ts';
import { type Phase, toWorkerExit } from '../worker-exit.ts';
import { planCommand, toRefusal } from './commands.ts';
import { ControlChannel } from './control-channel.ts';
import { addSteered, beginTurn, type Conversation, createConversation, type Turn } from './conversation.ts';
import { exitWords } from './exit-words.ts';
import { toArguments } from './launch.ts';
import { serversRequest, toServerProblems } from './mcp-servers.ts';
import { type ClaudeRecord, decodeRecord } from './messages.ts';
import { promptLine, refusalLine } from './outgoing.ts';
import { translateAsk } from './permission.ts';
import { toReady } from './ready.ts';
import { takeAnswer } from './take-answer.ts';
import { translate } from './translate.ts';

export type ClaudeCodeWorkerOptions = {
  /** Absolute path of the CLI. */
  file: string;
  workDir: string;
  config: SessionConfig;
  resume: string | undefined;
  trusted: boolean;
  permissionModes: readonly string[];
  environment: Readonly<Record<string, string>>;
  listener: WorkerListener;
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
};

/** A start from a cold disk was seen to take 8 s. */
const readyMs = 60_000;
/** The parts of an orderly stop: the turn's end, the CLI's own exit, the time between TERM and KILL. */
const [interruptMs, exitMs, graceMs] = [1_000, 1_000, 2_000];

/** One Claude Code process, hot over many turns. */
export class ClaudeCodeWorker implements Worker {
  readonly #options: ClaudeCodeWorkerOptions;
  readonly #gone = Promise.withResolvers<Exit>();
  #conversation: Conversation;
  #process: ChildProcess;
  readonly #control: ControlChannel;
  #patience: Timer;
  #tooSlow = false;
  /** Undefined while starting. */
  #ready: WorkerReady | undefined;
  readonly #held = new HeldBack();
  #tooEarly: Turn | undefined;
  #stopping: Promise<Exit> | undefined;
  #onDone: (() => void) | undefined;

  constructor(options: ClaudeCodeWorkerOptions) {
    this.#options = options;
    const { workDir, resume, clock } = options;
    this.#conversation = createConversation({ workDir, resume });
    this.#control = new ControlChannel(options.ids, (line) => this.#process.writeLine(line));
    this.#process = this.#launch(resume);
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
    if (!this.#ready) this.#dropHeld();
    const { turn } = this.#conversation;
    if (!turn) return;
    this.#control.request({ subtype: 'interrupt' });
    // NOTE: an interrupt that overtakes its prompt finds nothing to interrupt; it is repeated once the turn runs.
    if (!turn.started) this.#tooEarly = turn;
  }

  command(command: WorkerCommand): void {
    const plan = planCommand(command, this.#options.permissionModes);
    this.#whenReady({
      send: () => {
        if (plan.by === 'us') this.#emitSoon(plan.toEvents(this.#ready ?? {}));
        if (plan.by === 'prompt') this.#writeSlashCommand(plan.text);
        if (plan.by !== 'control') return;
        this.#control.request(plan.request, (reply) => {
          return 'value' in reply ? plan.toEvents(reply.value) : toRefusal(command, reply.failure);
        });
      },
    });
  }

  stop(): Promise<Exit> {
    this.#stopping ??= this.#stopInOrder();
    return this.#stopping;
  }

  #launch(resume: string | undefined): ChildProcess {
    const { spawn, file, config, trusted, workDir: cwd, environment: env, ids } = this.#options;
    const conversation = resume === undefined ? { create: ids.uuid() } : { resume };
    const args = toArguments({ config, trusted, conversation });
    return spawn(
      { file, args, cwd, env, graceMs },
      { onLines: (lines) => this.#read(lines), onExit: (exit) => this.#exited(exit) },
    );
  }

  /** The CLI says nothing by itself before the first prompt; its answer to this says that it is up. */
  #initialize(): void {
    // The system prompt travels here and not in the arguments, where everybody on the machine could read it.
    const { system_prompt: appendSystemPrompt, mcp_servers = {} } = this.#options.config;
    this.#control.request({ subtype: 'initialize', appendSystemPrompt }, (reply) => {
      const ready = toReady('value' in reply ? reply.value : {}, this.#options.permissionModes);
      if (Object.keys(mcp_servers).length === 0) return this.#becomeReady(ready);
      this.#control.request(serversRequest(mcp_servers), (servers) => [
        ...this.#becomeReady(ready),
        ...toServerProblems(servers),
      ]);
      return [];
    });
  }

  #becomeReady(ready: WorkerReady): WorkerEvent[] {
    this.#patience.cancel();
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
    if (this.#tooEarly?.started && this.#tooEarly === this.#conversation.turn) {
      this.#tooEarly = undefined;
      this.#control.request({ subtype: 'interrupt' });
    }
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

  /** What was interrupted before it was written never ran. */
  #dropHeld(): void {
    const input_ids = this.#held.dropInputs();
    if (input_ids.length === 0) return;
    const data = { success: false, stats: unknownStats('interrupted'), input_ids };
    this.#emitSoon([{ type: 'done', data }]);
  }

  async #stopInOrder(): Promise<Exit> {
    const { clock } = this.#options;
    if (this.#conversation.turn) {
      const done = new Promise<void>((resolve) => {
        this.#onDone = resolve;
      });
      this.#control.request({ subtype: 'interrupt', cancel_queued: true });
      await atMost(clock, interruptMs, [done, this.#gone.promise]);
    }
    this.#process.closeInput();
    await atMost(clock, exitMs, [this.#gone.promise]);
    void this.#process.stop();
    return this.#gone.promise;
  }

  #exited(exit: Exit): void {
    const { listener, workDir, resume } = this.#options;
    const resuming = this.#conversation.sessionId !== undefined && this.#conversation.sessionId === resume;
    if (this.#phase === 'starting' && resuming && /No conversation found/.test(exit.stderr)) {
      this.#emit([{ type: 'context.lost', data: { reason: 'the agent no longer has this conversation' } }]);
      this.#conversation = createConversation({ workDir });
      this.#process = this.#launch(undefined);
      this.#initialize();
      this.#patience.refresh();
      return;
    }
    this.#patience.cancel();
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
