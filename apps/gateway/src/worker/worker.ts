import type {
  ErrorCode,
  InputPart,
  InteractionEvent,
  IsolationLevel,
  IsolationProblem,
  ServerCapabilities,
  SessionConfig,
  TurnEvent,
  TurnStats,
} from '@hotplex/aep-protocol';
import type { ToolCall } from '../ground/tool-call.ts';
import type { Exit, ProcessHandle } from '../process/child-process.ts';
import type { TerminalConversations } from './terminal-conversations.ts';

export type { PastTurn, TerminalConversation, TerminalConversations } from './terminal-conversations.ts';
export type { Exit, ToolCall };

/** A prompt on its way to an agent. */
export type WorkerInput = { inputId: string; content: string; parts?: readonly InputPart[] };

/** A person's (or a policy's, or a deadline's) answer to something the agent asked. */
export type InteractionResponse =
  | {
      kind: 'permission';
      id: string;
      allowed: boolean;
      reason?: string;
      optionId?: string;
      updatedInput?: Record<string, unknown>;
    }
  /** `answers: null` means that nobody answered: the question is skipped. */
  | { kind: 'question'; id: string; answers: Record<string, string | string[]> | null }
  | {
      kind: 'elicitation';
      id: string;
      action: 'accept' | 'decline' | 'cancel';
      content?: Record<string, unknown>;
    };

/** A command for the agent itself, e.g. `set_model`. */
export type WorkerCommand = { command: string; args?: string; extra?: Record<string, unknown> };

type Kind<E, T extends string> = Extract<E, { type: T }>;
type RequestKind = 'question_request' | 'elicitation_request';
/** What the call would do, for the policy alone; absent or empty if the agent does not say. */
type Judged = { calls?: readonly ToolCall[] };

/** What an adapter tells: the protocol's own turn events, and a few words meant for the session alone. */
export type WorkerEvent =
  | Exclude<TurnEvent, { type: 'done' }>
  | Kind<InteractionEvent, RequestKind>
  | (Kind<InteractionEvent, 'permission_request'> & Judged)
  /**
   * The agent is about to use a tool that its own rules allow, and waits for a word: the session answers as if it were
   * asked for a permission, and asks nobody.
   */
  | ({ type: 'tool.check'; data: Kind<InteractionEvent, 'permission_request'>['data'] } & Judged)
  /** A failure; if it ends the turn, `done` follows. */
  | { type: 'error'; data: { code: ErrorCode; message: string; details?: Record<string, unknown> } }
  /**
   * The turn is over. `input_ids`: the prompts it consumed, if the agent says so (steered ones among them). `point`: where
   * the conversation stands, for `WorkerOptions.fork`.
   */
  | { type: 'done'; data: { success: boolean; stats?: TurnStats; input_ids?: string[]; point?: string } }
  /** The agent began a turn that `prompt` did not start (a background task ended, a steered prompt came too late). */
  | { type: 'turn.started'; data: { input_ids: string[] } }
  /** A steered prompt reached the running turn. */
  | { type: 'input.taken'; data: { input_id: string } }
  /** The agent withdrew a request it had made. */
  | { type: 'interaction.withdrawn'; data: { id: string } }
  /** The process is up and said what it can do. */
  | { type: 'worker.ready'; data: WorkerReady }
  /** The agent's own id of the conversation, to be stored for resuming. May change (e.g. after a clear). */
  | { type: 'worker.session'; data: { id: string } }
  /** A resume was asked for but the agent starts with an empty memory. */
  | { type: 'context.lost'; data: { reason: string } }
  /** How many background tasks the agent still runs; a process with some must not be collected as idle. */
  | { type: 'background.tasks'; data: { count: number } };

/** What can be known only from the running agent. */
export type WorkerReady = Pick<ServerCapabilities, 'models' | 'commands' | 'permission_modes' | 'tools'> & {
  version?: string;
};

/** What a worker is in the middle of: enough for a worker of the next gateway to go on with its process. */
export type WorkerState = {
  process: ProcessHandle;
  /** How far the process's output is contained in what was told. */
  offset: number;
  /** What the adapter remembers; to be made JSON at once, since it goes on changing. */
  memory: unknown;
};

/** One agent runtime, serving one session. It knows nothing of seq, session ids or sockets. */
export interface Worker {
  /** The agent's process, for operators and for re-adoption; undefined while there is none. */
  readonly pid: number | undefined;
  /** Starts a turn. Its events go to the listener; the last is `done`. Never throws: failures are events. */
  prompt(input: WorkerInput): void;
  /**
   * Hands a prompt to the turn in progress; absent if the agent cannot take one. It is told as `input.taken`, or, when it
   * came too late, as a `turn.started` with its id: the session never sends it a second time.
   */
  steer?(input: WorkerInput): void;
  /** Answers a request this worker made, or a check of a tool. An id it does not know is ignored. Absent without tools. */
  respond?(response: InteractionResponse): void;
  /** Asks the turn in progress to end; `done` still follows. Does nothing while idle. */
  interrupt(): void;
  /** Gives the agent a command from `WorkerDefinition.commands`; the answer is an event. */
  command?(command: WorkerCommand): void;
  /** Undefined while nobody could go on from here: it is still starting, or its process dies with the gateway. */
  save?(): WorkerState | undefined;
  /**
   * Says nothing more to the agent of its own accord: what `save` gives is what the next gateway goes on from. Absent if it
   * never would.
   */
  leave?(): void;
  /** Resolves when the process and all its children are gone. Safe to call twice. */
  stop(): Promise<Exit>;
}

export interface WorkerListener {
  /**
   * What one read from the agent brought, in order. `save` then gives what stands for it; with no events at all it is
   * told that this has changed.
   */
  onEvents(events: readonly WorkerEvent[]): void;
  /** Called exactly once, after the last event. Open turns are closed by the session, not by the worker. */
  onExit(exit: Exit): void;
}

export type WorkerOptions = {
  /** Absolute, checked by the session. */
  workDir: string;
  config: SessionConfig;
  /** The agent's own conversation to go on with; absent for a new one. */
  resume?: string;
  /**
   * The agent's conversation to branch off, or a point in it that was told with `done`: the new one remembers it up to
   * there, and it learns nothing of the new one. Instead of `resume`.
   */
  fork?: string;
  /**
   * A process that an earlier gateway started, and where it left off. The worker tells what came since as if nothing had
   * happened. What it cannot go on with it stops, and tells as its exit.
   */
  adopt?: WorkerState;
};

/** Returns at once. A prompt sent while the agent is still starting waits; a failed start is an exit with reason `start-failed`. */
export type StartWorker = (options: WorkerOptions, listener: WorkerListener) => Worker;

/** Whether an agent can be used on this machine, and if not, what to do about it. */
export type Availability =
  | { available: true; version: string | null; path: string }
  | { available: false; reason: string; install: string };

/** What an agent can do, as announced to clients: each is proved by the contract suite, also that it is absent. */
export type WorkerCapabilities = Required<
  Pick<
    ServerCapabilities,
    | 'process'
    | 'supports_resume'
    | 'supports_delta'
    | 'supports_tool_call'
    | 'supports_reasoning'
    | 'supports_permission'
    | 'supports_question'
    | 'supports_elicitation'
    | 'modalities'
    | 'fork'
    | 'rewind'
    | 'steer'
    | 'interrupt'
    | 'survives_restart'
  >
> &
  Pick<ServerCapabilities, 'permission_modes'>;

/** A level of isolation, and if a session may not choose it, why, for programs and for people. */
export type IsolationChoice = {
  level: IsolationLevel;
  refused?: { problem: IsolationProblem; reason: string };
};

/** Everything the gateway knows of one worker type without starting it. */
export interface WorkerDefinition {
  readonly type: string;
  /** For people: "Claude Code". */
  readonly title: string;
  /** The version the contract suite runs with; null for an agent that is part of the gateway. */
  readonly tested: string | null;
  /** Which fields of init.config it can take; others are refused by name. */
  readonly accepts: ReadonlySet<keyof SessionConfig>;
  /** Which worker_command names it answers. */
  readonly commands: readonly string[];
  readonly capabilities: WorkerCapabilities;
  /** What keeps its processes from the rest of the machine. Default: none. */
  readonly isolation?: IsolationLevel;
  /** Every level, and whether a session may choose it. Absent: none may be chosen. */
  readonly isolations?: readonly IsolationChoice[];
  /** The same agent for sessions that chose this level: there, or at the operator's where that is stronger. */
  readonly within?: (chosen: IsolationLevel) => WorkerDefinition;
  /** What its tool would do with this input; absent if its tools take no other input than their own. */
  readonly toToolCalls?: (
    tool: { name: string; input: Record<string, unknown> },
    workDir: string,
  ) => ToolCall[];
  /** How a person on this machine goes on with one of its conversations in a terminal; absent if nobody can. */
  readonly toTerminalCommand?: (nativeSessionId: string) => readonly string[];
  /** What people began with it in a terminal of this machine; absent if that cannot be known. */
  readonly terminalConversations?: TerminalConversations;
  /** Looks for the agent on this machine. Never throws. */
  locate(): Promise<Availability>;
  readonly start: StartWorker;
  /** Ends what outlives the workers, such as a server they share; called once they are stopped. */
  close?(): Promise<void>;
}
