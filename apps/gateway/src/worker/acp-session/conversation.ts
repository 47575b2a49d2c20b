import type { ToolCall } from './messages.ts';

/** A call as far as the agent has told it. */
export type OpenCall = ToolCall & {
  /** Whether clients have been told of it; before that its input may still grow. */
  told: boolean;
};

export type Turn = {
  inputId: string;
  /** Monotonic milliseconds. */
  startedAt: number;
  firstWordAt: number | undefined;
  toolCalls: number;
  /** Somebody asked for its end. */
  interrupted: boolean;
};

/** What the translation has to remember from line to line. Changed in place by it and by nothing else but its owner. */
export type Conversation = {
  turn: Turn | undefined;
  /** The agent repeats what was said before the gateway resumed it; our log has it already. */
  replaying: boolean;
  /** The block of text or thought that the last chunk belonged to. */
  block: { id: string; kind: 'text' | 'reasoning'; messageId: string | undefined } | undefined;
  /** How many blocks there were; makes their ids unique in the conversation. */
  blocks: number;
  readonly calls: Map<string, OpenCall>;
  /** Calls that a person or a policy refused. */
  readonly refused: Set<string>;
  commands: readonly { name: string; description?: string }[];
  mode: string | undefined;
  model: string | undefined;
  context: { used: number; size: number } | undefined;
  /** US dollars of the whole conversation, so far and at the end of the last turn; unknown after a resume. */
  cost: number | undefined;
  costBefore: number | undefined;
};

export function createConversation({ resumed }: { resumed: boolean }): Conversation {
  return {
    turn: undefined,
    replaying: false,
    block: undefined,
    blocks: 0,
    calls: new Map(),
    refused: new Set(),
    commands: [],
    mode: undefined,
    model: undefined,
    context: undefined,
    cost: undefined,
    costBefore: resumed ? undefined : 0,
  };
}

export function beginTurn(
  conversation: Conversation,
  { inputId, at }: { inputId: string; at: number },
): void {
  conversation.turn = { inputId, startedAt: at, firstWordAt: undefined, toolCalls: 0, interrupted: false };
}
