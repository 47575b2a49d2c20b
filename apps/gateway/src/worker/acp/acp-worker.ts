import type { Timer } from '../../ground/clock.ts';
import type { Exit } from '../../process/child-process.ts';
import { beginTurn, type Conversation, createConversation } from '../acp-session/conversation.ts';
import { authRequired, toFailure, toWords } from '../acp-session/failure.ts';
import { toPromptContent } from '../acp-session/prompt-content.ts';
import { translate } from '../acp-session/translate.ts';
import { tellCall } from '../acp-session/translate-tool.ts';
import { endTurn, type Outcome } from '../acp-session/turn-end.ts';
import { stopAgent } from '../stop-agent.ts';
import type {
  InteractionResponse,
  Worker,
  WorkerCommand,
  WorkerEvent,
  WorkerInput,
  WorkerState,
} from '../worker.ts';
import { lasting, stateOf } from '../worker-state.ts';
import type { AcpWorkerOptions } from './acp-worker-options.ts';
import { AgentHost } from './agent-host.ts';
import { beginSession } from './begin-session.ts';
import { type CommandPlan, planCommand } from './commands.ts';
import { type Held, HeldWork } from './held-work.ts';
import { type Remembered, toMemory } from './memory.ts';
import { toReady } from './ready.ts';
import { RequestError } from './request-error.ts';
import { WorkInHand } from './work-in-hand.ts';
import { type Phase, toWorkerExit } from './worker-exit.ts';

/** OpenCode was seen to take 30 s on a busy machine, and to be right then. */
const readyMs = 120_000;
/** The time between TERM and KILL. */
const graceMs = 1_500;

/** One agent that speaks the protocol on its stdio, hot over many turns. */
export class AcpWorker implements Worker {
  readonly #options: AcpWorkerOptions;
  readonly #host: AgentHost;
  readonly #work: WorkInHand;
  readonly #gone = Promise.withResolvers<Exit>();
  readonly #held = new HeldWork();
  #conversation: Conversation;
  #patience: Timer | undefined;
  #phase: Phase = { is: 'starting' };
  /** The session, what the agent said of itself and what was told of both. Undefined while it is not signed in. */
  #up: Pick<Remembered, 'session' | 'facts' | 'ready'> | undefined;
  #opening = false;
  /** The conversation to go on with, until it was opened or found to be lost. */
  #resume: string | undefined;
  #stopping: Promise<Exit> | undefined;
  #onDone: (() => void) | undefined;
  #exited = false;

  constructor(options: AcpWorkerOptions) {
    this.#options = options;
    const { agent, clock, resume, adopt } = options;
    this.#conversation = adopt?.memory.conversation ?? createConversation({ resumed: resume !== undefined });
    this.#host = new AgentHost(
      { ...options, args: agent.args, graceMs, life: lasting(adopt), memory: adopt?.memory.host },
      {
        onLines: (lines) => this.#read(lines),
        translate: (line) => translate(this.#conversation, line, clock.elapsed()),
        tellCall: (call) => tellCall(this.#conversation, call),
        known: (call) => this.#conversation.calls.get(call.toolCallId) ?? call,
        onRefused: (id) => this.#conversation.refused.add(id),
        onChange: () => this.#tell([]),
        inTurn: () => this.#conversation.turn !== undefined,
        onExit: (exit) => this.#end(exit),
      },
    );
    this.#work = new WorkInHand({
      ...{ connection: this.#host.connection, signIn: agent.signIn },
      conversation: () => this.#conversation,
      onOutcome: (outcome) => this.#finish(outcome),
    });
    if (adopt) {
      this.#goOn(adopt.memory);
      return;
    }
    this.#resume = resume;
    this.#patience = clock.after(readyMs, () => {
      this.#phase = { is: 'too-slow', seconds: readyMs / 1_000 };
      void this.#host.process.stop();
    });
    void this.#open();
  }

  get pid(): number | undefined {
    return this.#host.process.pid;
  }

  prompt(input: WorkerInput): void {
    this.#whenOpen({ input, send: () => this.#send(input) });
  }

  respond(response: InteractionResponse): void {
    this.#host.requests.respond(response);
  }

  interrupt(): void {
    const { turn } = this.#conversation;
    if (!turn) this.#emitSoon(this.#held.interrupt());
    if (!turn) return;
    turn.interrupted = true;
    this.#host.connection.notify('session/cancel', { sessionId: this.#up?.session.id ?? '' });
    this.#emitSoon(this.#host.requests.withdrawAll());
  }

  command(command: WorkerCommand): void {
    this.#whenOpen({ send: () => this.#carryOut(command) });
  }

  save(): WorkerState | undefined {
    const up = this.#up;
    const { process, memory: host } = this.#host;
    if (!up || !host || this.#opening || this.#stopping) return undefined;
    const known = { ...up, host, conversation: this.#conversation, work: this.#work.memory };
    return stateOf(process, () => toMemory(known, this.#options.clock));
  }

  stop(): Promise<Exit> {
    if (this.#stopping) return this.#stopping;
    if (this.#phase.is === 'starting' || this.#phase.is === 'open') this.#phase = { is: 'stopping' };
    const { promise: turnOver, resolve } = Promise.withResolvers<void>();
    this.#onDone = resolve;
    const running = this.#conversation.turn !== undefined;
    if (running) this.interrupt();
    this.#stopping = stopAgent({
      ...{ process: this.#host.process, gone: this.#gone.promise, clock: this.#options.clock },
      turnOver: running ? turnOver : undefined,
    });
    return this.#stopping;
  }

  /** The agent is up since an earlier gateway: only this one has to learn of it. */
  #goOn({ session, facts, ready, work }: Remembered): void {
    this.#phase = { is: 'open' };
    this.#up = { session, facts, ready };
    this.#work.resume(work, (command) => this.#plan(command));
    this.#host.requests.resume();
    this.#emitSoon([{ type: 'worker.ready', data: ready }, ...this.#host.requests.openChecks()]);
  }

  /** Opens the session; what waits for it is then done. An agent that is not signed in is asked again at the next prompt. */
  async #open(): Promise<void> {
    this.#opening = true;
    const { workDir, mcpServers, config, agent } = this.#options;
    try {
      const { session, facts, conversation, lost } = await beginSession({
        ...{ workDir, mcpServers, config, meta: agent.sessionMeta, connection: this.#host.connection },
        ...{ resume: this.#resume, before: this.#conversation, facts: this.#up?.facts },
      });
      const ready = toReady(facts, session.state, conversation);
      this.#conversation = conversation;
      this.#up = { session, facts, ready };
      this.#resume = undefined;
      this.#patience?.cancel();
      if (this.#phase.is === 'starting') this.#phase = { is: 'open' };
      this.#opening = false;
      this.#held.sendAll();
      this.#emit([
        ...(lost === undefined ? [] : [{ type: 'context.lost' as const, data: { reason: lost } }]),
        { type: 'worker.session', data: { id: session.id } },
        { type: 'worker.ready', data: ready },
      ]);
    } catch (error) {
      this.#opening = false;
      this.#up = undefined;
      this.#couldNotOpen(error);
    }
  }

  #couldNotOpen(error: unknown): void {
    if (this.#exited || this.#phase.is === 'too-slow') return;
    const { signIn } = this.#options.agent;
    if (error instanceof RequestError && error.code === authRequired) {
      this.#patience?.cancel();
      this.#phase = { is: 'open' };
      this.#emit(this.#held.fail(toFailure(error, signIn)));
      return;
    }
    const message = toWords(error, signIn);
    // NOTE: of a session that was opened anew later, nothing else would say it.
    if (this.#phase.is === 'open') this.#emit([{ type: 'error', data: { code: 'INTERNAL_ERROR', message } }]);
    if (this.#phase.is === 'starting') this.#phase = { is: 'failed', message };
    void this.#host.process.stop();
  }

  #whenOpen(held: Held): void {
    const isOpen = this.#up !== undefined && !this.#opening;
    if (isOpen) held.send();
    else this.#held.add(held);
    if (!isOpen && !this.#opening && !this.#exited && this.#phase.is === 'open') void this.#open();
  }

  #send(input: WorkerInput): void {
    const { id: sessionId = '' } = this.#up?.session ?? {};
    beginTurn(this.#conversation, { inputId: input.inputId, at: this.#options.clock.elapsed() });
    this.#work.prompt({ sessionId, prompt: toPromptContent(input) });
  }

  #finish(outcome: Outcome): WorkerEvent[] {
    const { signIn, usageOfLastRequest = false } = this.#options.agent;
    const withdrawn = this.#host.requests.withdrawAll();
    this.#host.requests.forget();
    const at = this.#options.clock.elapsed();
    const ended = endTurn(this.#conversation, { outcome, at, signIn, usageOfLastRequest });
    this.#onDone?.();
    return [...withdrawn, ...ended];
  }

  #plan(command: WorkerCommand): CommandPlan {
    const { id: sessionId = '', state = {} } = this.#up?.session ?? {};
    return planCommand(command, { conversation: this.#conversation, state, sessionId });
  }

  #carryOut(command: WorkerCommand): void {
    const plan = this.#plan(command);
    if (plan.by === 'us') this.#emitSoon(plan.events);
    if (plan.by === 'request') this.#work.command(command, plan);
    if (plan.by === 'new-session') void this.#open();
  }

  #read(lines: readonly string[]): void {
    const events = lines.flatMap((line) => this.#host.tell(line));
    // What it asked us to do is underway, and has to be known to the next gateway.
    if (events.length > 0 || this.#host.requests.underway) this.#tell(events);
  }

  #emit(events: readonly WorkerEvent[]): void {
    if (events.length > 0) this.#tell(events);
  }

  #tell(events: readonly WorkerEvent[]): void {
    if (!this.#exited) this.#options.listener.onEvents(events);
  }

  /** For what may be said during a call of the session, which must not be called back from within. */
  #emitSoon(events: readonly WorkerEvent[]): void {
    queueMicrotask(() => this.#emit(events));
  }

  #end(exit: Exit): void {
    this.#patience?.cancel();
    const end = toWorkerExit(exit, this.#phase, this.#options.agent.title);
    this.#exited = true;
    this.#gone.resolve(end);
    this.#options.listener.onExit(end);
  }
}
