import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Clock, Timer } from '../../ground/clock.ts';
import type { Exit } from '../../process/child-process.ts';
import type { AcpAgent } from '../acp-agents/known-agents.ts';
import { beginTurn, type Conversation, createConversation } from '../acp-session/conversation.ts';
import type { AcpLine } from '../acp-session/decode-line.ts';
import { authRequired, toFailure, toWords } from '../acp-session/failure.ts';
import { toPromptContent } from '../acp-session/prompt-content.ts';
import { translate } from '../acp-session/translate.ts';
import { tellCall } from '../acp-session/translate-tool.ts';
import { endTurn, type Outcome, toOutcome } from '../acp-session/turn-end.ts';
import { stopAgent } from '../stop-agent.ts';
import type {
  InteractionResponse,
  Worker,
  WorkerCommand,
  WorkerEvent,
  WorkerInput,
  WorkerListener,
} from '../worker.ts';
import { RequestError } from './agent-connection.ts';
import { AgentHost, type AgentHostOptions } from './agent-host.ts';
import { beginSession, type Session } from './begin-session.ts';
import { type CommandPlan, planCommand } from './commands.ts';
import { type Held, HeldWork } from './held-work.ts';
import type { AgentFacts } from './open-session.ts';
import { toReady } from './ready.ts';
import { type Phase, toWorkerExit } from './worker-exit.ts';

export type AcpWorkerOptions = Omit<AgentHostOptions, 'args' | 'graceMs'> & {
  agent: AcpAgent;
  config: SessionConfig;
  mcpServers: readonly Record<string, unknown>[];
  resume: string | undefined;
  listener: WorkerListener;
  clock: Clock;
};

/** OpenCode was seen to take 30 s on a busy machine, and to be right then. */
const readyMs = 120_000;
/** The time between TERM and KILL. */
const graceMs = 1_500;

/** One agent that speaks the protocol on its stdio, hot over many turns. */
export class AcpWorker implements Worker {
  readonly #options: AcpWorkerOptions;
  readonly #host: AgentHost;
  readonly #patience: Timer;
  readonly #gone = Promise.withResolvers<Exit>();
  #conversation: Conversation;
  #phase: Phase = { is: 'starting' };
  #facts: AgentFacts | undefined;
  /** Undefined while it is being opened, and while the agent is not signed in. */
  #session: Session | undefined;
  #opening = false;
  readonly #held = new HeldWork();
  /** The conversation to go on with, until it was opened or found to be lost. */
  #resume: string | undefined;
  #stopping: Promise<Exit> | undefined;
  #onDone: (() => void) | undefined;
  #exited = false;

  constructor(options: AcpWorkerOptions) {
    this.#options = options;
    this.#resume = options.resume;
    const { agent, clock } = options;
    this.#conversation = createConversation({ resumed: options.resume !== undefined });
    this.#host = new AgentHost(
      { ...options, args: agent.args, graceMs },
      {
        onLines: (lines) => this.#read(lines),
        onAsks: (events) => this.#emitSoon(events),
        onAsked: (call) => {
          this.#emit(tellCall(this.#conversation, call));
          return this.#conversation.calls.get(call.toolCallId) ?? call;
        },
        onRefused: (id) => this.#conversation.refused.add(id),
        inTurn: () => this.#conversation.turn !== undefined,
        onExit: (exit) => this.#end(exit),
      },
    );
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
    this.#whenOpen({ input, send: () => void this.#send(input) });
  }

  respond(response: InteractionResponse): void {
    this.#host.asks.respond(response);
  }

  interrupt(): void {
    const { turn } = this.#conversation;
    if (turn) turn.interrupted = true;
    else this.#emitSoon(this.#held.interrupt());
    if (!turn) return;
    void this.#host.connection.notify('session/cancel', { sessionId: this.#session?.id ?? '' });
    this.#host.asks.withdrawAll();
  }

  command(command: WorkerCommand): void {
    this.#whenOpen({
      send: () => {
        const { id: sessionId = '', state = {} } = this.#session ?? {};
        void this.#carryOut(planCommand(command, { conversation: this.#conversation, state, sessionId }));
      },
    });
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

  /** Opens the session; what waits for it is then done. An agent that is not signed in is asked again at the next prompt. */
  async #open(): Promise<void> {
    this.#opening = true;
    const { workDir, mcpServers, config } = this.#options;
    try {
      const { session, facts, conversation, lost } = await beginSession({
        connection: this.#host.connection,
        workDir,
        mcpServers,
        config,
        resume: this.#resume,
        before: this.#conversation,
        facts: this.#facts,
      });
      this.#conversation = conversation;
      this.#session = session;
      this.#facts = facts;
      this.#resume = undefined;
      if (lost !== undefined) this.#emit([{ type: 'context.lost', data: { reason: lost } }]);
      this.#emit([{ type: 'worker.session', data: { id: session.id } }]);
      this.#patience.cancel();
      if (this.#phase.is === 'starting') this.#phase = { is: 'open' };
      this.#emit([{ type: 'worker.ready', data: toReady(facts, session.state, conversation) }]);
      this.#opening = false;
      this.#held.sendAll();
    } catch (error) {
      this.#opening = false;
      this.#session = undefined;
      this.#couldNotOpen(error);
    }
  }

  #couldNotOpen(error: unknown): void {
    if (this.#exited || this.#phase.is === 'too-slow') return;
    const { signIn } = this.#options.agent;
    if (error instanceof RequestError && error.code === authRequired) {
      this.#patience.cancel();
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
    if (this.#session && !this.#opening) {
      held.send();
      return;
    }
    this.#held.add(held);
    if (!this.#opening && !this.#exited && this.#phase.is === 'open') void this.#open();
  }

  async #send(input: WorkerInput): Promise<void> {
    const { clock } = this.#options;
    const { id: sessionId = '' } = this.#session ?? {};
    beginTurn(this.#conversation, { inputId: input.inputId, at: clock.elapsed() });
    const prompt = toPromptContent(input);
    try {
      const answer = await this.#host.connection.request('session/prompt', { sessionId, prompt });
      this.#finish(toOutcome(answer));
    } catch (error) {
      // A connection that closed is a process that ended, which is told as its exit.
      if (error instanceof RequestError) this.#finish({ error });
    }
  }

  #finish(outcome: Outcome): void {
    const {
      agent: { signIn, usageOfLastRequest = false },
      clock,
    } = this.#options;
    this.#host.requests.forget();
    this.#host.asks.withdrawAll();
    const at = clock.elapsed();
    this.#emit(endTurn(this.#conversation, { outcome, at, signIn, usageOfLastRequest }));
    this.#onDone?.();
  }

  async #carryOut(plan: CommandPlan): Promise<void> {
    if (plan.by === 'us') this.#emitSoon(plan.events);
    if (plan.by === 'new-session') {
      this.#session = undefined;
      await this.#open();
    }
    if (plan.by !== 'request') return;
    try {
      await this.#host.connection.request(plan.request.method, plan.request.params);
      this.#emit(plan.onDone(this.#conversation));
    } catch (error) {
      if (!(error instanceof RequestError)) return;
      this.#emit([{ type: 'error', data: toFailure(error, this.#options.agent.signIn) }]);
    }
  }

  #read(lines: readonly AcpLine[]): void {
    const at = this.#options.clock.elapsed();
    this.#emit(lines.flatMap((line) => translate(this.#conversation, line, at)));
  }

  #emit(events: readonly WorkerEvent[]): void {
    if (events.length > 0 && !this.#exited) this.#options.listener.onEvents(events);
  }

  /** For what may be said during a call of the session, which must not be called back from within. */
  #emitSoon(events: readonly WorkerEvent[]): void {
    queueMicrotask(() => this.#emit(events));
  }

  #end(exit: Exit): void {
    this.#patience.cancel();
    const end = toWorkerExit(exit, this.#phase, this.#options.agent.title);
    this.#exited = true;
    this.#gone.resolve(end);
    this.#options.listener.onExit(end);
  }
}
