import type { GateCheck } from '../opencode/gate-check.ts';
import type { OpenCodeError, Tokens } from '../opencode/tool-state.ts';
import type { PermissionRequest, QuestionRequest } from './messages.ts';

/** A message of an agent in the running turn, of the main one or of a sub-agent. */
export type AnswerState = {
  sessionId: string;
  completed: boolean;
  /** False for the summary of a compaction, which the agent wrote for itself. */
  shown: boolean;
  finish: string | null;
  error: OpenCodeError | undefined;
  tokens: Tokens | undefined;
  cost: number | null;
};

/** A block of text or reasoning: how much of it was told. */
export type BlockState = {
  kind: 'text' | 'reasoning';
  parentId: string | undefined;
  told: number;
  /** Undefined until its first words, then open until its end. */
  phase: 'silent' | 'open' | 'ended';
  /** Pieces were lost: only whole texts are believed from now on. */
  lossy: boolean;
};

/** A tool call without a result. */
export type CallState = {
  partId: string;
  name: string;
  parentId: string | undefined;
  input: Record<string, unknown>;
  told: boolean;
  /** Characters of its output that were told. */
  output: number;
};

export type OpenAsk =
  | {
      kind: 'permission';
      request: PermissionRequest;
      toolName: string;
      /** Only the session is asked. */
      isCheck: boolean;
    }
  | { kind: 'question'; request: QuestionRequest };

export type Turn = {
  inputIds: Set<string>;
  /** A message id: what is newer belongs to this turn. */
  since: string;
  /** The server began to work on it; an idle before that is the end of something else. */
  started: boolean;
  /** The server said that it is idle; it may say so before its last words. */
  idle: boolean;
  interrupting: boolean;
  aborted: boolean;
  error: OpenCodeError | undefined;
  toolCalls: number;
  /** Unix milliseconds by the server's clock. */
  startedAt: number | null;
  firstTokenAt: number | null;
  endedAt: number | null;
};

/** What the translation has to remember from event to event. Changed in place by `translate` and the functions it calls. */
export type Conversation = {
  readonly workDir: string;
  sessionId: string | undefined;
  turn: Turn | undefined;
  title: string | undefined;
  model: string | null;
  /** What the last request of the main agent left in its context. */
  contextTokens: number | null;
  /** Context windows by `provider/model`. */
  readonly windows: Map<string, number>;
  /** Names of the agent's commands that may be given as such. */
  readonly commands: Set<string>;
  /** Steered prompts on their way: their message id to the input's id. */
  readonly steered: Map<string, string>;
  /** Messages of the agents in this turn, in order. */
  readonly answers: Map<string, AnswerState>;
  /** By part id. */
  readonly blocks: Map<string, BlockState>;
  /** By call id. */
  readonly calls: Map<string, CallState>;
  readonly asks: Map<string, OpenAsk>;
  /** Calls that wait for a word, by the id of the check. */
  readonly checks: Map<string, GateCheck>;
  /** What was answered while the server has not confirmed it. */
  readonly answering: Map<string, OpenAsk>;
  /** Sessions of sub-agents: the call that started each, with the prompt's start in Unix ms. */
  readonly children: Map<string, string>;
  /** Calls whose permission was refused. */
  readonly refused: Set<string>;
};

export type ConversationOptions = { workDir: string; sessionId?: string };

export function createConversation({ workDir, sessionId }: ConversationOptions): Conversation {
  return {
    workDir,
    sessionId,
    turn: undefined,
    title: undefined,
    model: null,
    contextTokens: null,
    windows: new Map(),
    commands: new Set(),
    steered: new Map(),
    answers: new Map(),
    blocks: new Map(),
    calls: new Map(),
    asks: new Map(),
    checks: new Map(),
    answering: new Map(),
    children: new Map(),
    refused: new Set(),
  };
}

/** Notes that a turn begins whose prompt has this message id. Events of what came before are not part of it. */
export function beginTurn(conversation: Conversation, { since, inputIds }: Pick<Turn, 'since' | 'inputIds'>) {
  conversation.turn = {
    inputIds,
    since,
    started: false,
    idle: false,
    interrupting: false,
    aborted: false,
    error: undefined,
    toolCalls: 0,
    startedAt: null,
    firstTokenAt: null,
    endedAt: null,
  };
}

/** Goes on with another conversation, in which nothing was said yet. */
export function forgetConversation(conversation: Conversation, sessionId: string): void {
  conversation.sessionId = sessionId;
  conversation.contextTokens = null;
  conversation.title = undefined;
  conversation.children.clear();
  conversation.asks.clear();
  conversation.checks.clear();
}

/** The newest message of the main agent in this turn. */
export function lastAnswer({ answers, sessionId }: Conversation): AnswerState | undefined {
  return [...answers.values()].findLast((answer) => answer.sessionId === sessionId);
}
