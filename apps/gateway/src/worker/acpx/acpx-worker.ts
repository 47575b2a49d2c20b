import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Clock, Timer } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { ChildProcess, Exit } from '../../process/child-process.ts';
import type { AcpAgent } from '../acp-agents/known-agents.ts';
import { beginTurn } from '../acp-session/conversation.ts';
import { endTurn, type Outcome } from '../acp-session/turn-end.ts';
import type { AnswerFolder } from '../gate/answer-folder.ts';
import { type Held, HeldBack } from '../held-back.ts';
import type {
  InteractionResponse,
  Worker,
  WorkerCommand,
  WorkerEvent,
  WorkerInput,
  WorkerListener,
} from '../worker.ts';
import { type Phase, toWorkerExit } from '../worker-exit.ts';
import { AcpxCommands, type AcpxCommandsOptions } from './acpx-commands.ts';
import { cancelRun } from './cancel-run.ts';
import { chooseModel } from './choose-model.ts';
import { planCommand, toModelEvents } from './commands.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { modes, toPermissionFlags } from './permission.ts';
import { PromptRun } from './prompt-run.ts';
import { noOwnerOfItsOwn, startQueueOwner } from './queue-owner.ts';
import { toStartExit } from './start-exit.ts';
import { type NamedSession, newSession, takeAnswer } from './translate.ts';

export type AcpxWorkerOptions = AcpxCommandsOptions & {
  /** Where the gate in front of the agent finds its answers. */
  answers: AnswerFolder;
  agent: AcpAgent;
  config: SessionConfig;
  /** The name of the session to go on with; absent for a new one. */
  resume: string | undefined;
  listener: WorkerListener;
  clock: Clock;
  ids: Ids;
};

/** The agent is started to open the session; OpenCode was seen to take 30 s on a busy machine, and to be right then. */
const readyMs = 120_000;
/** The time between TERM and KILL. */
const graceMs = 1_500;

/** A named session of acpx: its queue owner keeps the agent hot, and each prompt is a process of its own. */
export class AcpxWorker implements Worker {
  readonly #options: AcpxWorkerOptions;
  readonly #commands: AcpxCommands;
  readonly #patience: Timer;
  readonly #gone = Promise.withResolvers<Exit>();
  readonly #held = new HeldBack();
  readonly #runs = new Set<PromptRun>();
  #session: NamedSession;
  #phase: Phase = 'starting';
  #name = '';
  #mode: string;
  /** Chosen before the first prompt, which takes it along. */
  #firstModel: string | undefined;
  #owner: ChildProcess | undefined;
  #current: PromptRun | undefined;
  /** Until it resolves a cancellation is on its way, and would hit whatever runs when it arrives. */
  #cancelling: Promise<void> | undefined;
  #ended = false;

  constructor(options: AcpxWorkerOptions) {
    this.#options = options;
    this.#session = newSession({ workDir: options.workDir, resumed: false });
    this.#mode = options.config.permission_mode ?? 'default';
    this.#commands = new AcpxCommands(options);
    this.#patience = options.clock.after(readyMs, () => {
      this.#phase = 'too-slow';
      void this.#commands.stopAll();
    });
    void this.#open();
  }

  get pid(): number | undefined {
    return this.#owner?.pid;
  }

  prompt(input: WorkerInput): void {
    this.#whenReady({ input, send: () => this.#send(input) });
  }

  interrupt(): void {
    const { turn } = this.#session.conversation;
    if (!turn) this.#emitSoon(this.#held.interrupt());
    if (!turn || turn.interrupted) return;
    turn.interrupted = true;
    if (this.#current?.reached) this.#cancel(this.#current);
  }

  respond(response: InteractionResponse): void {
    if (takeAnswer(this.#session, response)) this.#options.answers.answer(response);
  }

  command(command: WorkerCommand): void {
    this.#whenReady({ send: () => void this.#carryOut(command) });
  }

  stop(): Promise<Exit> {
    if (this.#phase === 'starting' || this.#phase === 'ready') this.#phase = 'stopping';
    void this.#owner?.stop();
    void this.#commands.stopAll();
    return this.#gone.promise;
  }

  async #open(): Promise<void> {
    const { resume, config, ids } = this.#options;
    const newName = () => `hotplex-${ids.uuid()}`;
    try {
      const opened = await openSession({ commands: this.#commands, resume, model: config.model, newName });
      // Stopped, or given up, at the very last moment.
      if (this.#phase !== 'starting') throw new Error('it was stopped');
      this.#begin(opened);
    } catch (error) {
      await this.#commands.stopAll();
      const { agent } = this.#options;
      this.#exit(toStartExit(error, { phase: this.#phase, agent, readyMs }));
    }
  }

  #begin({ name, recordId, lost }: OpenedSession): void {
    const { file, workDir, environment, spawn, resume } = this.#options;
    const resumed = resume !== undefined && lost === undefined;
    this.#name = name;
    this.#session = newSession({ workDir, resumed });
    this.#owner = startQueueOwner(
      { file, cwd: workDir, env: environment, graceMs, recordId, spawn },
      { onLines: () => {}, onExit: (exit) => void this.#ownerEnded(exit) },
    );
    this.#patience.cancel();
    this.#phase = 'ready';
    if (lost !== undefined) this.#emit([{ type: 'context.lost', data: { reason: lost } }]);
    this.#emit([
      { type: 'worker.session', data: { id: name } },
      { type: 'worker.ready', data: { permission_modes: [...modes] } },
    ]);
    this.#held.sendAll();
  }

  #whenReady(held: Held): void {
    if (this.#phase === 'ready') held.send();
    else this.#held.add(held);
  }

  #send(input: WorkerInput): void {
    beginTurn(this.#session.conversation, { inputId: input.inputId, at: this.#options.clock.elapsed() });
    if (this.#cancelling) void this.#cancelling.then(() => this.#run(input));
    else this.#run(input);
  }

  #run(input: WorkerInput): void {
    if (this.#phase !== 'ready') return;
    const { file, args, workDir, environment, spawn, clock, config } = this.#options;
    const permission = toPermissionFlags({ mode: this.#mode, allowedTools: config.allowed_tools ?? [] });
    const run: PromptRun = new PromptRun(
      {
        ...{ spawn, input, session: this.#session, now: () => clock.elapsed() },
        ...{ file, cwd: workDir, env: { ...environment, ...noOwnerOfItsOwn }, graceMs },
        args: [...args, ...permission, ...this.#toModelFlag(), 'prompt', `--session=${this.#name}`],
      },
      {
        onEvents: (events) => this.#emit(events),
        onReached: () => {
          if (this.#session.conversation.turn?.interrupted) this.#cancel(run);
        },
        onOutcome: (outcome) => this.#finish(outcome),
        onExit: ({ ownerGone }) => {
          this.#runs.delete(run);
          if (ownerGone) void this.#owner?.stop();
        },
      },
    );
    this.#current = run;
    this.#runs.add(run);
  }

  #finish(outcome: Outcome): void {
    const { agent, clock } = this.#options;
    const { signIn, usageOfLastRequest = false } = agent;
    this.#session.remembers ||= this.#current?.reached ?? false;
    this.#current = undefined;
    const at = clock.elapsed();
    this.#emit(endTurn(this.#session.conversation, { outcome, at, signIn, usageOfLastRequest }));
  }

  #cancel(run: PromptRun): void {
    this.#cancelling = cancelRun({ commands: this.#commands, session: this.#name, run }).then(() => {
      this.#cancelling = undefined;
    });
  }

  async #carryOut(command: WorkerCommand): Promise<void> {
    const plan = planCommand(command, modes);
    if (plan.by !== 'model') {
      if (plan.by === 'mode') this.#mode = plan.mode;
      this.#emitSoon(plan.events);
      return;
    }
    const { model } = plan;
    const { remembers, conversation } = this.#session;
    const choice = { commands: this.#commands, session: this.#name, model, saidAnything: remembers };
    const refusal = await chooseModel(choice);
    if (refusal === undefined) {
      conversation.model = model;
      if (!remembers) this.#firstModel = model;
    }
    this.#emit(toModelEvents(model, refusal));
  }

  #toModelFlag(): string[] {
    const { remembers } = this.#session;
    return this.#firstModel === undefined || remembers ? [] : [`--model=${this.#firstModel}`];
  }

  #emit(events: readonly WorkerEvent[]): void {
    if (events.length > 0 && this.#phase === 'ready' && !this.#ended) this.#options.listener.onEvents(events);
  }

  /** For what may be said during a call of the session, which must not be called back from within. */
  #emitSoon(events: readonly WorkerEvent[]): void {
    queueMicrotask(() => {
      if (events.length > 0 && !this.#ended) this.#options.listener.onEvents(events);
    });
  }

  /** Prompts that wait for an owner that is gone would start another one. */
  async #ownerEnded(exit: Exit): Promise<void> {
    const end = toWorkerExit(exit, this.#phase, { title: 'acpx', remedies: [] });
    this.#phase = 'stopping';
    await Promise.all([this.#commands.stopAll(), ...[...this.#runs].map((run) => run.stop())]);
    this.#exit(end);
  }

  #exit(exit: Exit): void {
    if (this.#ended) return;
    this.#patience.cancel();
    this.#ended = true;
    this.#options.answers.remove();
    this.#gone.resolve(exit);
    this.#options.listener.onExit(exit);
  }
}
