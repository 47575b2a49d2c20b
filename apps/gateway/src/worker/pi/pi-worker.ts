import { atMost } from '../../ground/at-most.ts';
import type { Timer } from '../../ground/clock.ts';
import { unknownStats } from '../../ground/unknown-stats.ts';
import type { ChildProcess, Exit } from '../../process/child-process.ts';
import { type Held, HeldBack } from '../held-back.ts';
import type { InteractionResponse, Worker, WorkerCommand, WorkerEvent, WorkerInput } from '../worker.ts';
import { type Phase, toWorkerExit } from '../worker-exit.ts';
import { planCommand } from './commands.ts';
import { beginTurn, type Conversation, createConversation, type Steered, type Turn } from './conversation.ts';
import { toDialogAnswer, translateDialog } from './dialog.ts';
import { exitWords } from './exit-words.ts';
import { shakeHands } from './handshake.ts';
import { decodeRecord, type PiRecord, type RecordOf } from './messages.ts';
import { answerLine, promptCommand } from './outgoing.ts';
import { runOwnTurn } from './own-turn.ts';
import { createPolicy } from './permission.ts';
import type { PiWorkerOptions } from './pi-worker-options.ts';
import { noteCleared, noteSteered, promptReplied, steerReplied, takeLeftOver } from './prompts.ts';
import type { Model } from './ready.ts';
import { RequestChannel } from './request-channel.ts';
import { translate } from './translate.ts';

const readyMs = 60_000;
/** The parts of an orderly stop: the turn's end, Pi's own exit, the time between TERM and KILL. */
const [interruptMs, exitMs, graceMs] = [1_000, 1_000, 2_000];

/** One Pi process, hot over many turns. */
export class PiWorker implements Worker {
  readonly #options: PiWorkerOptions;
  readonly #gone = Promise.withResolvers<Exit>();
  readonly #conversation: Conversation;
  readonly #process: ChildProcess;
  readonly #pi: RequestChannel;
  readonly #patience: Timer;
  #models: readonly Model[] = [];
  #ready = false;
  #tooSlow = false;
  readonly #held = new HeldBack();
  #tooEarly: Turn | undefined;
  #stopping: Promise<Exit> | undefined;
  #onDone: (() => void) | undefined;

  constructor(options: PiWorkerOptions) {
    this.#options = options;
    const { file, args, workDir, config, environment: env, spawn, clock, ids } = options;
    this.#conversation = createConversation({ workDir, prefix: ids.uuid(), policy: createPolicy(config) });
    this.#pi = new RequestChannel(ids, (line) => this.#process.writeLine(line));
    this.#process = spawn(
      { file, args, cwd: workDir, env, graceMs },
      { onLines: (lines) => this.#read(lines), onExit: (exit) => this.#exited(exit) },
    );
    shakeHands({
      pi: this.#pi,
      conversation: this.#conversation,
      resuming: options.resuming,
      permissionModes: options.permissionModes,
      onReady: (models) => this.#becomeReady(models),
    });
    this.#patience = clock.after(readyMs, () => {
      this.#tooSlow = true;
      void this.stop();
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  prompt(input: WorkerInput): void {
    this.#whenReady({ input, send: () => this.#begin(input) });
  }

  steer(input: WorkerInput): void {
    this.#whenReady({ input, send: () => this.#steer(input) });
  }

  respond(response: InteractionResponse): void {
    const { asks } = this.#conversation;
    const ask = asks.get(response.id);
    if (!ask) return;
    asks.delete(response.id);
    this.#process.writeLine(answerLine(response.id, toDialogAnswer(this.#conversation, ask, response)));
  }

  interrupt(): void {
    if (!this.#ready) this.#dropHeld();
    const { turn } = this.#conversation;
    if (!turn) return;
    turn.interrupted = true;
    this.#abort();
    // NOTE: an abort that overtakes its prompt finds nothing to abort; it is repeated once the turn runs.
    if (!turn.started) this.#tooEarly = turn;
  }

  command(command: WorkerCommand): void {
    this.#whenReady({ send: () => this.#carryOut(command) });
  }

  stop(): Promise<Exit> {
    this.#stopping ??= this.#stopInOrder();
    return this.#stopping;
  }

  #becomeReady(models: readonly Model[]): void {
    this.#patience.cancel();
    this.#models = models;
    this.#ready = true;
    this.#held.sendAll();
  }

  #whenReady(held: Held): void {
    if (this.#ready) held.send();
    else this.#held.add(held);
  }

  #begin(input: WorkerInput): void {
    const turn = beginTurn(this.#conversation, { inputIds: [input.inputId], at: this.#now });
    this.#pi.request(promptCommand(input, 'followUp'), (reply) =>
      promptReplied(this.#conversation, { turn, reply, at: this.#now }),
    );
  }

  #steer(input: WorkerInput): void {
    const command = promptCommand(input, 'steer');
    const entry = noteSteered(this.#conversation, input, String(command.message));
    this.#pi.request(command, (reply) => steerReplied(this.#conversation, { entry, reply, at: this.#now }));
  }

  /** Prompts that were steered into a turn that ended without reading them: the first begins a turn of its own. */
  #resend(left: readonly Steered[]): WorkerEvent[] {
    const [first, ...rest] = left;
    if (!first || this.#stopping) return [];
    if (left.some(({ state }) => state === 'queued')) this.#pi.request({ type: 'clear_queue' });
    this.#begin(first.input);
    for (const { input } of rest) this.#steer(input);
    return [{ type: 'turn.started', data: { input_ids: [first.input.inputId] } }];
  }

  #abort(): void {
    noteCleared(this.#conversation);
    this.#pi.request({ type: 'clear_queue' });
    this.#pi.request({ type: 'abort' });
  }

  #carryOut(command: WorkerCommand): void {
    const { permissionModes } = this.#options;
    const { policy } = this.#conversation;
    const plan = planCommand(command, { models: this.#models, permissionModes, policy });
    if (plan.by === 'us') this.#emitSoon(plan.events);
    if (plan.by === 'turn') {
      const { request } = plan;
      const now = () => this.#now;
      const turn = { pi: this.#pi, conversation: this.#conversation, now, name: command.command, request };
      this.#emitSoon(runOwnTurn(turn));
    }
    if (plan.by !== 'request') return;
    this.#pi.request(plan.request, (reply) => {
      if ('value' in reply) return plan.toEvents(reply.value);
      const details = { command: command.command };
      return [{ type: 'error', data: { code: 'CONFIG_INVALID', message: reply.failure, details } }];
    });
  }

  #read(lines: readonly string[]): void {
    const events = lines.flatMap((line) => this.#toEvents(decodeRecord(line)));
    const { turn, steered } = this.#conversation;
    // NOTE: a prompt that reaches Pi's queue behind an abort would make it go on.
    const goesOn = turn?.interrupted && steered.some(({ state }) => state === 'queued');
    if (turn?.started && (goesOn || this.#tooEarly === turn)) {
      this.#tooEarly = undefined;
      this.#abort();
    }
    this.#emit([...events, ...this.#resend(takeLeftOver(this.#conversation))]);
  }

  #toEvents(record: PiRecord): readonly WorkerEvent[] {
    if (record.type === 'response') return this.#pi.replied(record);
    if (record.type === 'extension_ui_request') return this.#answerOrAsk(record);
    return translate(this.#conversation, record, this.#now);
  }

  #answerOrAsk(record: RecordOf<'extension_ui_request'>): WorkerEvent[] {
    const { events, answer } = translateDialog(this.#conversation, record);
    if (answer) this.#process.writeLine(answerLine(record.id, answer));
    if (record.timeout && this.#conversation.asks.has(record.id)) {
      this.#options.clock.after(record.timeout, () => this.#withdraw(record.id));
    }
    return events;
  }

  /** NOTE: Pi does not say that it gave up waiting, only beforehand how long it waits. */
  #withdraw(id: string): void {
    if (!this.#conversation.asks.delete(id)) return;
    this.#emit([{ type: 'interaction.withdrawn', data: { id } }]);
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
    const stats = unknownStats('interrupted');
    this.#emitSoon([{ type: 'done', data: { success: false, stats, input_ids } }]);
  }

  async #stopInOrder(): Promise<Exit> {
    const { clock } = this.#options;
    if (this.#conversation.turn) {
      const done = new Promise<void>((resolve) => {
        this.#onDone = resolve;
      });
      this.#abort();
      await atMost(clock, interruptMs, [done, this.#gone.promise]);
    }
    this.#process.closeInput();
    await atMost(clock, exitMs, [this.#gone.promise]);
    void this.#process.stop();
    return this.#gone.promise;
  }

  #exited(exit: Exit): void {
    this.#patience.cancel();
    const end = toWorkerExit(exit, this.#phase, exitWords);
    this.#gone.resolve(end);
    this.#options.listener.onExit(end);
  }

  get #now(): number {
    return this.#options.clock.elapsed();
  }

  get #phase(): Phase {
    if (this.#tooSlow) return 'too-slow';
    if (this.#stopping) return 'stopping';
    return this.#ready ? 'ready' : 'starting';
  }
}
