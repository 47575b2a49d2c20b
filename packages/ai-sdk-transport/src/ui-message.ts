import type { ServerData, ToolKind, TurnStats } from '@hotplex/aep-protocol';
import type { UIMessage, UIMessageChunk } from 'ai';

/** What is known of a message beside its parts. A user message has `author`, `inputId` and `createdAt`; the rest is of turns. */
export type AepMetadata = {
  sessionId?: string;
  turnId?: string;
  /** Unix time in milliseconds. */
  createdAt?: number;
  /** The figures of the turn, as `done` told them. */
  stats?: Partial<TurnStats> & { _session?: NonNullable<ServerData<'done'>['stats']>['_session'] };
  stopReason?: string | null;
  /** The last error of a turn that failed, or why a prompt never became a turn. */
  error?: { code: string; message: string };
  success?: boolean;
  author?: string;
  inputId?: string;
  /** The agent was taken back to before it, by the event with this number: it remembers nothing of it. */
  setAsideBy?: number;
};

type Settled = { by?: string | null; reason?: string };

/** The data parts of a message, `data-question` and so on. Requests keep one part that is replaced when they are decided. */
export type AepData = {
  question: ServerData<'question_request'> & {
    status: 'pending' | 'answered' | 'withdrawn';
    answers?: ServerData<'question.resolved'>['answers'];
  } & Settled;
  elicitation: ServerData<'elicitation_request'> & {
    status: 'pending' | 'answered' | 'withdrawn';
    action?: ServerData<'elicitation.resolved'>['action'];
  } & Settled;
  /** `tool_call_id` is the tool part that carries the approval. */
  permission: ServerData<'permission_request'> & {
    status: 'pending' | 'allowed' | 'denied';
    option_id?: string;
    message?: string;
  } & Settled;
  plan: ServerData<'plan'>;
  step: ServerData<'step'>;
  /** The message `context_lost` stands for itself: the agent starts with an empty memory (rule S5). */
  notice: ServerData<'worker.notice'>;
  raw: ServerData<'raw'>;
  error: ServerData<'error'>;
  /** Text of an earlier step that was taken back: hide the parts whose `providerMetadata.hotplex.id` is named. */
  retraction: ServerData<'message.retract'>;
  /** Transient, for `onData` only. */
  context: ServerData<'context_usage'>;
  /** Transient. */
  state: ServerData<'state'>;
  /** Transient. */
  skills: ServerData<'skills_list'>;
  /** Transient. */
  mcp: ServerData<'mcp_status'>;
  /** Transient. */
  title: ServerData<'session.title'>;
};

/** A message of a HotPlex conversation: id of a user message = input id, id of an assistant message = turn id. */
export type AepUIMessage = UIMessage<AepMetadata, AepData>;

export type AepChunk = UIMessageChunk<AepMetadata, AepData>;

/** What a tool part carries in `toolMetadata.hotplex`. `title` is the newest one; `parentId` the sub-agent’s tool call. */
export type AepToolView = {
  kind?: ToolKind;
  title?: string;
  status?: NonNullable<ServerData<'tool_call'>['status']>;
  locations?: NonNullable<ServerData<'tool_call'>['locations']>;
  diff?: NonNullable<ServerData<'tool_call'>['diff']>;
  parentId?: string;
  /** The turn ended before the tool did: nobody knows how far it came. */
  stopped?: boolean;
  /** What a tool that failed had put out, unless its error says that already. */
  output?: string;
  /** What the agent told beside the output of the tool. */
  metadata?: Record<string, unknown>;
};
