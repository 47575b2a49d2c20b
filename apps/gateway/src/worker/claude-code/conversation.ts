import type { ModelUsage } from './messages.ts';
import type { PlanEntry } from './plan.ts';

/** A tool call whose result has not come. */
export type OpenCall = { name: string; input: Record<string, unknown>; parentId: string | undefined };

/** The message that is being streamed, by the main agent or by one sub-agent. */
export type MessageStream = {
  messageId: string;
  parentId: string | undefined;
  /** The blocks that said something, by index. Only text can be open. */
  blocks: Map<number, { id: string; kind: 'text' | 'reasoning'; open: boolean }>;
  /** False until message_stop. */
  complete: boolean;
};

/** A request of the agent that nobody has answered. */
export type OpenAsk = {
  kind: 'permission' | 'question' | 'elicitation' | 'check';
  toolCallId: string | undefined;
  input: Record<string, unknown>;
  /** What the CLI itself proposes to remember, already narrowed to this session. */
  sessionRules: readonly Record<string, unknown>[];
  /** Of a check: the tool's name. */
  tool?: string | undefined;
};

export type Turn = {
  inputIds: Set<string>;
  /** The CLI has taken it up; before that an interrupt may find nothing to interrupt. */
  started: boolean;
  /** An interrupt came before that; it is repeated once the turn runs. */
  interruptedEarly: boolean;
  toolCalls: number;
  model: string | null;
  /** Tokens in the context at the last request of the main agent. */
  contextTokens: number | null;
  /** The machine-readable cause that the CLI gave for an API error, e.g. `rate_limit`. */
  apiError: string | null;
};

/** What the translation has to remember from line to line. Changed in place by `translate` and by nothing else but the functions below. */
export type Conversation = {
  readonly workDir: string;
  /** Where its shell is, as told last; the work dir until then. */
  cwd: string | undefined;
  sessionId: string | undefined;
  /** The CLI's own id of what the main agent said last. */
  lastSaid: string | undefined;
  model: string | null;
  permissionMode: string | null;
  turn: Turn | undefined;
  /** Prompts that were written and not yet consumed: their uuid on the CLI's side to the input's id. */
  readonly prompts: Map<string, string>;
  /** By parent tool call; the main agent's under the empty string. */
  readonly streams: Map<string, MessageStream>;
  readonly calls: Map<string, OpenCall>;
  readonly asks: Map<string, OpenAsk>;
  /** Background tasks and sub-agents that were announced as steps. */
  readonly steps: Map<string, { step_type: 'subagent' | 'background'; name: string | undefined }>;
  /** Calls that were refused, by a person or without asking. */
  readonly refused: Set<string>;
  readonly plan: Map<string, PlanEntry>;
  /** The text of the plan file written last, for a plan that is proposed without its text. */
  planText: string | undefined;
  /** Sums up to the last result; unknown after a resume, until the first result. */
  totals: Record<string, ModelUsage> | undefined;
  /** Unix seconds at which the exhausted quota comes back. */
  resetsAt: number | undefined;
};

export type ConversationOptions = { workDir: string; resume?: string };

export function createConversation({ workDir, resume }: ConversationOptions): Conversation {
  return {
    workDir,
    cwd: undefined,
    sessionId: resume,
    lastSaid: undefined,
    model: null,
    permissionMode: null,
    turn: undefined,
    prompts: new Map(),
    streams: new Map(),
    calls: new Map(),
    asks: new Map(),
    steps: new Map(),
    refused: new Set(),
    plan: new Map(),
    planText: undefined,
    totals: resume === undefined ? {} : undefined,
    resetsAt: undefined,
  };
}

/** Notes that a prompt was written that begins a turn. */
export function beginTurn(conversation: Conversation, prompt: { uuid: string; inputId: string }): void {
  conversation.prompts.set(prompt.uuid, prompt.inputId);
  conversation.turn ??= newTurn();
  conversation.turn.inputIds.add(prompt.inputId);
}

/** Notes that a prompt was written that the running turn may take up. */
export function addSteered(conversation: Conversation, prompt: { uuid: string; inputId: string }): void {
  conversation.prompts.set(prompt.uuid, prompt.inputId);
}

export function newTurn(): Turn {
  return {
    inputIds: new Set(),
    started: false,
    interruptedEarly: false,
    toolCalls: 0,
    model: null,
    contextTokens: null,
    apiError: null,
  };
}
