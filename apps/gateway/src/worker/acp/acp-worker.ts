import type { SessionConfig } from '@hotplex/aep-protocol';
import { atMost } from '../../ground/at-most.ts';
import type { Clock, Timer } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { ChildProcess, Exit, SpawnProcess } from '../../process/child-process.ts';
import type {
  InteractionResponse,
  Worker,
  WorkerCommand,
  WorkerEvent,
  WorkerInput,
  WorkerListener,
} from '../worker.ts';
import { AgentConnection, RequestError } from './agent-connection.ts';
import { Asks } from './asks.ts';
import { ClientRequests } from './client-requests.ts';
import { type CommandPlan, planCommand, planModel } from './commands.ts';
import { beginTurn, type Conversation, createConversation } from './conversation.ts';
import { decodeLine } from './decode-line.ts';
import { authRequired, toFailure } from './failure.ts';
import type { AcpAgent } from './known-agents.ts';
import { promptResult } from './messages.ts';
import { type AgentFacts, initialize, openSession } from './open-session.ts';
import { toPromptContent } from './prompt-content.ts';
import { toReady } from './ready.ts';
import { noteState, type SessionState } from './settings.ts';
import { Terminals } from './terminals.ts';
import { translate } from './translate.ts';
import { tellCall } from './translate-tool.ts';
import { endTurn, endUnsent, type Outcome } from './turn-end.ts';
import { type Phase, toWorkerExit } from './worker-exit.ts';

export type AcpWorkerOptions = {
  agent: AcpAgent;
  /** Absolute path of the agent's program. */
  file: string;
  workDir: string;
  config: SessionConfig;
  mcpServers: readonly Record<string, unknown>[];
  resume: string | undefined;
  environment: Readonly<Record<string, string>>;
  terminalEnvironment(additions: Readonly<Record<string, string>>): Record<string, string>;
  listener: WorkerListener;
  spawn: SpawnProcess;
  clock: Clock;
  ids: Ids;
};

/** Something to be done once the session is open. */
type Held = { input?: WorkerInput; send(): void };
type Session = { id: string; state: SessionState };

/** OpenCode was seen to take 30 s on a busy machine, and to be right then. */
const readyMs = 120_000;
/** The parts of an orderly stop: the turn's end, the agent's own exit, the time between TERM and KILL. */
const [cancelMs, exitMs, graceMs] = [1_000, 1_500, 1_500];

/** One agent that speaks the protocol on its stdio, hot over many turns. */
export class AcpWorker implements Worker {
  readonly #options: AcpWorkerOptions;
  readonly #process: ChildProcess;
  readonly #connection: AgentConnection;
  readonly #asks: Asks;
  readonly #terminals: Terminals;
  readonly #requests: ClientRequests;
  readonly #patience: Timer;
  readonly #gone = Promise.withResolvers<Exit>();
  #conversation: Conversation;
  #phase: Phase = { is: 'starting' };
  #facts: AgentFacts | undefined;
  /** Undefined while it is being opened, and while the agent is not signed in. */
  #session: Session | undefined;
  #opening = false;
  #held: Held[] = [];
  #stopping: Promise<Exit> | undefined;
  #onDone: (() => void) | undefined;
  #exited = false;

  constructor(options: AcpWorkerOptions) {
    this.#options = options;
    const { agent, file, workDir, environment, spawn, clock, ids, resume } = options;
    this.#conversation = createConversation({ resumed: resume !== undefined });
    const newId = () => ids.uuid();
    this.#asks = new Asks({ emit: (events) => this.#emitSoon(events), newId });
    this.#terminals = new Terminals({
      ...{ workDir, spawn, newId },
      environment: options.terminalEnvironment,
      mayRun: (command) => this.#requests.mayRun(command),
    });
    this.#requests = new ClientRequests({
      ...{ workDir, newId, asks: this.#asks, terminals: this.#terminals },
      onAsked: (call) => this.#emit(tellCall(this.#conversation, call)),
      onRefused: (id) => this.#conversation.refused.add(id),
      inTurn: () => this.#conversation.turn !== undefined,
    });
    this.#connection = new AgentConnection({
      write: (line) => this.#process.writeLine(line),
      answer: (method, params) => this.#requests.answer(method, params),
    });
    this.#process = spawn(
      { file, args: agent.args, cwd: workDir, env: environment, graceMs },
      { onLines: (lines) => this.#read(lines), onExit: (exit) => void this.#end(exit) },
    );
    this.#patience = clock.after(readyMs, () => {
      this.#phase = { is: 'too-slow', seconds: readyMs / 1_000 };
      void this.#process.stop();
    });
    void this.#open(resume);
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  prompt(input: WorkerInput): void {
    this.#whenOpen({ input, send: () => void this.#send(input) });
  }

  respond(response: InteractionResponse): void {
    this.#asks.respond(response);
  }

  interrupt(): void {
    const { turn } = this.#conversation;
    if (!turn) {
      this.#dropHeld();
      return;
    }
    turn.interrupted = true;
    void this.#connection.notify('session/cancel', { sessionId: this.#session?.id ?? '' });
    this.#asks.withdrawAll();
  }

  command(command: WorkerCommand): void {
    this.#whenOpen({
      send: () => {
        const { id: sessionId = '', state = {} } = this.#session ?? {};
        const plan = planCommand(command, { conversation: this.#conversation, state, sessionId });
        void this.#carryOut(plan);
      },
    });
  }

  stop(): Promise<Exit> {
    this.#stopping ??= this.#stopInOrder();
    return this.#stopping;
  }

  /** Opens the session; what waits for it is then done. An agent that is not signed in is asked again at the next prompt. */
  async #open(resume: string | undefined): Promise<void> {
    this.#opening = true;
    const { workDir: cwd, mcpServers, config } = this.#options;
    const connection = this.#connection;
    try {
      this.#facts ??= await initialize(connection);
      const by = this.#facts.resumesBy;
      this.#conversation.replaying = resume !== undefined;
      const opened = await openSession({
        ...{ connection, cwd, mcpServers },
        resume: resume === undefined ? undefined : { sessionId: resume, by },
      });
      this.#conversation = createConversation({ resumed: resume !== undefined && opened.lost === undefined });
      const { sessionId: id, state, lost } = opened;
      noteState(this.#conversation, state);
      this.#session = { id, state };
      if (lost !== undefined) this.#emit([{ type: 'context.lost', data: { reason: lost } }]);
      this.#emit([{ type: 'worker.session', data: { id } }]);
      if (config.model !== undefined) await this.#setFirstModel(planModel(config.model, state, id));
      this.#patience.cancel();
      if (this.#phase.is === 'starting') this.#phase = { is: 'open' };
      this.#emit([{ type: 'worker.ready', data: toReady(this.#facts, state, this.#conversation) }]);
      this.#opening = false;
      for (const { send } of this.#held.splice(0)) send();
    } catch (error) {
      this.#opening = false;
      this.#session = undefined;
      this.#couldNotOpen(error);
    }
  }

  async #setFirstModel(plan: CommandPlan): Promise<void> {
    if (plan.by === 'us')
      throw new Error(
        plan.events.flatMap(({ type, data }) => (type === 'error' ? [data.message] : [])).join(),
      );
    if (plan.by !== 'request') return;
    await this.#connection.request(plan.request.method, plan.request.params);
    plan.onDone(this.#conversation);
  }

  #couldNotOpen(error: unknown): void {
    if (this.#exited || this.#phase.is === 'too-slow') return;
    const { signIn } = this.#options.agent;
    if (error instanceof RequestError && error.code === authRequired) {
      this.#patience.cancel();
      this.#phase = { is: 'open' };
      const failure = toFailure(error, signIn);
      const held = this.#held.splice(0).flatMap(({ input }) => (input ? [input.inputId] : []));
      for (const id of held) this.#emit([{ type: 'error', data: failure }, endUnsent(id, 'error')]);
      return;
    }
    const message =
      error instanceof RequestError ? toFailure(error, signIn).message : String((error as Error).message);
    if (this.#phase.is === 'starting') this.#phase = { is: 'failed', message };
    void this.#process.stop();
  }

  #whenOpen(held: Held): void {
    if (this.#session && !this.#opening) {
      held.send();
      return;
    }
    this.#held.push(held);
    if (!this.#opening && !this.#exited && this.#phase.is === 'open') void this.#open(undefined);
  }

  async #send(input: WorkerInput): Promise<void> {
    const { clock } = this.#options;
    const { id: sessionId = '' } = this.#session ?? {};
    beginTurn(this.#conversation, { inputId: input.inputId, at: clock.elapsed() });
    const prompt = toPromptContent(input);
    try {
      const answer = await this.#connection.request('session/prompt', { sessionId, prompt });
      const result = promptResult.safeParse(answer);
      this.#finish(
        result.success
          ? { result: result.data }
          : { error: { code: 0, message: 'the agent ended the turn without a reason' } },
      );
    } catch (error) {
      // A connection that closed is a process that ended, which is told as its exit.
      if (error instanceof RequestError) this.#finish({ error });
    }
  }

  #finish(outcome: Outcome): void {
    const { agent, clock } = this.#options;
    const { signIn, usageOfLastRequest = false } = agent;
    this.#requests.forget();
    this.#asks.withdrawAll();
    const end = endTurn(this.#conversation, { outcome, at: clock.elapsed(), signIn, usageOfLastRequest });
    this.#emit(end);
    this.#onDone?.();
  }

  async #carryOut(plan: CommandPlan): Promise<void> {
    if (plan.by === 'us') this.#emitSoon(plan.events);
    if (plan.by === 'new-session') {
      this.#session = undefined;
      await this.#open(undefined);
    }
    if (plan.by !== 'request') return;
    try {
      await this.#connection.request(plan.request.method, plan.request.params);
      this.#emit(plan.onDone(this.#conversation));
    } catch (error) {
      if (!(error instanceof RequestError)) return;
      this.#emit([{ type: 'error', data: toFailure(error, this.#options.agent.signIn) }]);
    }
  }

  #read(lines: readonly string[]): void {
    const at = this.#options.clock.elapsed();
    const events: WorkerEvent[] = [];
    for (const text of lines) {
      const line = decodeLine(text);
      if (line.type === 'message') this.#connection.receive(line.message);
      else events.push(...translate(this.#conversation, line, at));
    }
    this.#emit(events);
  }

  #emit(events: readonly WorkerEvent[]): void {
    if (events.length > 0 && !this.#exited) this.#options.listener.onEvents(events);
  }

  /** For what may be said during a call of the session, which must not be called back from within. */
  #emitSoon(events: readonly WorkerEvent[]): void {
    queueMicrotask(() => this.#emit(events));
  }

  /** What was interrupted before it was sent never ran. */
  #dropHeld(): void {
    const inputs = this.#held.flatMap(({ input }) => (input ? [input] : []));
    this.#held = this.#held.filter(({ input }) => !input);
    this.#emitSoon(inputs.map(({ inputId }) => endUnsent(inputId, 'interrupted')));
  }

  /** NOTE: tools of some agents outlive a signal; an agent whose turn was cancelled and whose input is closed ends them itself. */
  async #stopInOrder(): Promise<Exit> {
    const { clock } = this.#options;
    if (this.#phase.is === 'starting' || this.#phase.is === 'open') this.#phase = { is: 'stopping' };
    if (this.#conversation.turn) {
      const done = new Promise<void>((resolve) => {
        this.#onDone = resolve;
      });
      this.interrupt();
      await atMost(clock, cancelMs, [done, this.#gone.promise]);
    }
    this.#process.closeInput();
    await atMost(clock, exitMs, [this.#gone.promise]);
    void this.#process.stop();
    return this.#gone.promise;
  }

  async #end(exit: Exit): Promise<void> {
    this.#patience.cancel();
    this.#connection.close();
    await this.#terminals.stopAll();
    const end = toWorkerExit(exit, this.#phase, this.#options.agent.title);
    this.#exited = true;
    this.#gone.resolve(end);
    this.#options.listener.onExit(end);
  }
}
