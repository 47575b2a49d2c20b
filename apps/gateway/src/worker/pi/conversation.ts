import type { WorkerInput } from '../worker.ts';
import type { PermissionPolicy } from './permission.ts';

/** A tool call whose result has not come. */
export type OpenCall = {
  name: string;
  input: Record<string, unknown>;
  parentId: string | undefined;
  /** The output told so far. */
  output: string;
};

/** The message that is being streamed: its blocks by index. Only text can be open. */
export type MessageStream = {
  id: string;
  blocks: Map<number, { kind: 'text' | 'reasoning'; open: boolean }>;
};

/** A request of Pi, or of an extension in it, that nobody has answered. */
export type OpenAsk = (
  | { kind: 'permission'; toolCallId: string; rule: string }
  /** Its own rules allow it; the session has the last word. */
  | { kind: 'check'; toolCallId: string; tool: string; input: Record<string, unknown> }
  | { kind: 'question'; toolCallId: string }
  | { kind: 'dialog'; method: 'select' | 'confirm' | 'input' | 'editor'; options: readonly string[] }
) & {
  /** Unix milliseconds at which Pi stops waiting; absent if it waits for ever. */
  expiresAt?: number;
};

/** A prompt that was sent for the running turn and that the agent has not read yet. */
export type Steered = {
  input: WorkerInput;
  /** Its words as Pi gets them. */
  content: string;
  /** `sent` until Pi says that it waits in its queue; `cleared` when Pi was told to forget it. */
  state: 'sent' | 'queued' | 'cleared';
};

export type Turn = {
  /** Counted from 1 in each process. */
  number: number;
  inputIds: Set<string>;
  /** Milliseconds of the clock handed in. */
  startedAt: number;
  firstTokenAt: number | undefined;
  /** Pi has begun to work on it; before that an abort finds nothing to abort. */
  started: boolean;
  /** The agent has read the prompt that began this turn; what it reads from then on was steered. */
  promptRead: boolean;
  interrupted: boolean;
  /** An abort came before it started; it is repeated once the turn runs. */
  abortedEarly: boolean;
  toolCalls: number;
  spent: Spent | undefined;
  requests: number;
  model: string | null;
  contextTokens: number | null;
  stopReason: string | null;
  /** Why the last request to the model failed. */
  failure: string | undefined;
  /** The text of the last message, should it be said anew. */
  lastBlocks: string[];
};

/** Sums over a turn; null once a part of them was not told. */
export type Spent = {
  input: number | null;
  output: number | null;
  cacheRead: number | null;
  cacheWrite: number | null;
  cost: number | null;
};

/** What the translation has to remember from line to line. Changed in place by `translate` and the functions beside it. */
export type Conversation = {
  readonly workDir: string;
  /** Makes the ids of this process's messages unlike those of any other. */
  readonly prefix: string;
  readonly policy: PermissionPolicy;
  sessionId: string | undefined;
  toldSessionId: string | undefined;
  /** Tokens that fit into each model, by `provider/id`. */
  readonly windows: Map<string, number>;
  turn: Turn | undefined;
  /** How many turns there were. */
  turns: number;
  stream: MessageStream | undefined;
  /** How many messages the agent began. */
  messages: number;
  readonly calls: Map<string, OpenCall>;
  readonly asks: Map<string, OpenAsk>;
  /** Calls that were not permitted. */
  readonly refused: Set<string>;
  steered: Steered[];
};

export type ConversationOptions = Pick<Conversation, 'workDir' | 'prefix' | 'policy'>;

export function createConversation(options: ConversationOptions): Conversation {
  return {
    ...options,
    sessionId: undefined,
    toldSessionId: undefined,
    windows: new Map(),
    turn: undefined,
    turns: 0,
    stream: undefined,
    messages: 0,
    calls: new Map(),
    asks: new Map(),
    refused: new Set(),
    steered: [],
  };
}

/** A turn begins: with a prompt that was written, or (no inputs) because the agent went to work by itself. */
export function beginTurn(conversation: Conversation, { inputIds, at }: { inputIds: string[]; at: number }) {
  conversation.turns += 1;
  const turn: Turn = {
    number: conversation.turns,
    inputIds: new Set(inputIds),
    startedAt: at,
    firstTokenAt: undefined,
    started: false,
    promptRead: inputIds.length === 0,
    interrupted: false,
    abortedEarly: false,
    toolCalls: 0,
    spent: undefined,
    requests: 0,
    model: null,
    contextTokens: null,
    stopReason: null,
    failure: undefined,
    lastBlocks: [],
  };
  conversation.turn = turn;
  return turn;
}
