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
  WorkerState,
} from '../worker.ts';
import { type Phase, toWorkerExit } from '../worker-exit.ts';
import { lasting, stateOf } from '../worker-state.ts';
import { AskDeadlines } from './ask-deadlines.ts';
import { planCommand, type Situation } from './commands.ts';
import { type Conversation, createConversation, type Steered } from './conversation.ts';
import { toDialogAnswer, translateDialog } from './dialog.ts';
import { exitWords } from './exit-words.ts';
import { shakeHands } from './handshake.ts';
import { type Remembered, toMemory } from './memory.ts';
import { decodeRecord, type PiRecord, type RecordOf } from './messages.ts';
import { answerLine } from './outgoing.ts';
import { runOwnTurn } from './own-turn.ts';
import { createPolicy, openChecks } from './permission.ts';
import type { PiWorkerOptions } from './pi-worker-options.ts';
import { sendAbort, sendPrompt, sendSteered, takeLeftOver } from './prompts.ts';
import { type PiFacts, toReady } from './ready.ts';
import { replied } from './replied.ts';
import { RequestChannel } from './request-channel.ts';
import { translate } from './translate.ts';

const readyMs = 60_000;
/** The time between TERM and KILL. */
const graceMs = 2_000;

/** One Pi process, hot over many turns. */
export class PiWorker implements Worker {
  readonly #options: PiWorkerOptions;
  readonly #gone = Promise.withResolvers<Exit>();
  readonly #conversation: Conversation;
  readonly #process: ChildProcess;
  readonly #pi: RequestChannel;
  readonly #deadlines: AskDeadlines;
  readonly #patience: Timer | undefined;
  /** Undefined while starting. */
  #facts: PiFacts | undefined;
  #tooSlow = false;
  readonly #held = new HeldBack();
  /** While prompts are on their way that the log says Pi has: nobody could say later whether it got them. */
  #resending = false;
  #stopping: Promise<Exit> | undefined;
  #onDone: (() => void) | undefined;

  constructor(options: PiWorkerOptions) {
    this.#options = options;
    const { file, args, workDir, config, environment: env, spawn, clock, ids, adopt } = options;
    this.#conversation =
      adopt?.memory.conversation ??
      createConversation({ workDir, prefix: ids.uuid(), policy: createPolicy(config) });
    this.#pi = new RequestChannel({
      ids,
      write: (line) => this.#process.writeLine(line),
      onReply: (purpose, reply) =>
        replied(this.#conversation, {
          ...{ purpose, reply, situation: this.#situation, ...this.#sending },
        }),
    });
    this.#deadlines = new AskDeadlines(this.#conversation, { clock, emit: (events) => this.#emit(events) });
    this.#process = spawn(
      { file, args, cwd: workDir, env, graceMs, ...lasting(adopt) },
      { onLines: (lines) => this.#read(lines), onExit: (exit) => this.#exited(exit) },
    );
    if (adopt) {
      this.#goOn(adopt.memory);
      return;
    }
    shakeHands({
      pi: this.#pi,
      conversation: this.#conversation,
      resuming: options.resuming,
      permissionModes: options.permissionModes,
      onReady: (facts) => this.#becomeReady(facts),
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
    this.#whenReady({ input, send: () => sendPrompt(this.#conversation, input, this.#sending) });
  }

  steer(input: WorkerInput): void {
    this.#whenReady({ input, send: () => sendSteered(this.#conversation, input, this.#sending) });
  }

  respond(response: InteractionResponse): void {
    const { asks } = this.#conversation;
    const ask = asks.get(response.id);
    if (!ask) return;
    asks.delete(response.id);
    this.#process.writeLine(answerLine(response.id, toDialogAnswer(this.#conversation, ask, response)));
  }

  interrupt(): void {
    if (!this.#facts) this.#emitSoon(this.#held.interrupt());
    const { turn } = this.#conversation;
    if (!turn) return;
    turn.interrupted = true;
    sendAbort(this.#conversation, this.#sending);
    // NOTE: an abort that overtakes its prompt finds nothing to abort; it is repeated once the turn runs.
    if (!turn.started) turn.abortedEarly = true;
  }

  command(command: WorkerCommand): void {
    this.#whenReady({ send: () => this.#carryOut(command) });
  }

  save(): WorkerState | undefined {
    const facts = this.#facts;
    if (!facts || this.#stopping || this.#resending) return undefined;
    const remembered = { conversation: this.#conversation, facts, purposes: this.#pi.purposes };
    return stateOf(this.#process, () => toMemory(remembered, this.#options.clock));
  }

  stop(): Promise<Exit> {
    this.#stopping ??= this.#stopInOrder();
    return this.#stopping;
  }

  #becomeReady(facts: PiFacts): void {
    this.#patience?.cancel();
    this.#facts = facts;
    this.#held.sendAll();
  }

  /** Pi is up since an earlier gateway: only this one has to learn of it. */
  #goOn({ facts, purposes }: Remembered): void {
    this.#facts = facts;
    for (const [id, purpose] of purposes) this.#pi.expect(id, purpose);
    const ready = toReady(facts, this.#options.permissionModes);
    this.#emitSoon([{ type: 'worker.ready', data: ready }, ...openChecks(this.#conversation)]);
  }

  #whenReady(held: Held): void {
    if (this.#facts) held.send();
    else this.#held.add(held);
  }

  get #situation(): Situation {
    const { permissionModes } = this.#options;
    return { models: this.#facts?.models ?? [], permissionModes, policy: this.#conversation.policy };
  }

  /**
   * Prompts that were steered into a turn that ended without reading them: the first begins a turn of its own. This is
   * told before they are written, and what was told is noted only after it, so that they can never be written twice.
   */
  #resend(before: readonly WorkerEvent[], left: readonly Steered[]): void {
    const [first, ...rest] = left;
    if (!first || this.#stopping) {
      this.#emit(before);
      return;
    }
    this.#resending = true;
    this.#emit([...before, { type: 'turn.started', data: { input_ids: [first.input.inputId] } }]);
    if (this.#stopping) return;
    if (left.some(({ state }) => state === 'queued')) this.#pi.request({ type: 'clear_queue' });
    sendPrompt(this.#conversation, first.input, this.#sending);
    for (const { input } of rest) sendSteered(this.#conversation, input, this.#sending);
    this.#resending = false;
    this.#options.listener.onEvents([]);
  }

  #carryOut(command: WorkerCommand): void {
    const plan = planCommand(command, this.#situation);
    if (plan.by === 'us') this.#emitSoon(plan.events);
    if (plan.by === 'request') this.#pi.ask(plan.request, { for: 'command', command });
    if (plan.by !== 'turn') return;
    const turn = { ...this.#sending, command: command.command, request: plan.request };
    this.#emitSoon(runOwnTurn(this.#conversation, turn));
  }

  #read(lines: readonly string[]): void {
    const events = lines.flatMap((line) => this.#toEvents(decodeRecord(line)));
    const { turn, steered } = this.#conversation;
    // NOTE: a prompt that reaches Pi's queue behind an abort would make it go on.
    const goesOn = turn?.interrupted && steered.some(({ state }) => state === 'queued');
    if (turn?.started && (goesOn || turn.abortedEarly)) {
      turn.abortedEarly = false;
      sendAbort(this.#conversation, this.#sending);
    }
    this.#resend(events, takeLeftOver(this.#conversation));
  }

  #toEvents(record: PiRecord): readonly WorkerEvent[] {
    if (record.type === 'response') return this.#pi.replied(record);
    if (record.type === 'extension_ui_request') return this.#answerOrAsk(record);
    return translate(this.#conversation, record, this.#options.clock.elapsed());
  }

  #answerOrAsk(record: RecordOf<'extension_ui_request'>): WorkerEvent[] {
    const { events, answer } = translateDialog(this.#conversation, record);
    if (answer) this.#process.writeLine(answerLine(record.id, answer));
    this.#deadlines.set(record.id, record.timeout);
    return events;
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
    if (turnOver) sendAbort(this.#conversation, this.#sending);
    const { clock } = this.#options;
    return stopAgent({ process: this.#process, gone: this.#gone.promise, clock, turnOver });
  }

  #exited(exit: Exit): void {
    this.#patience?.cancel();
    const end = toWorkerExit(exit, this.#phase, exitWords);
    this.#gone.resolve(end);
    this.#options.listener.onExit(end);
  }

  get #sending() {
    return { pi: this.#pi, at: this.#options.clock.elapsed() };
  }

  get #phase(): Phase {
    if (this.#tooSlow) return 'too-slow';
    if (this.#stopping) return 'stopping';
    return this.#facts ? 'ready' : 'starting';
  }
}
