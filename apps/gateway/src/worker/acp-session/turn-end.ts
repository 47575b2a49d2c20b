import type { TurnStats } from '@hotplex/aep-protocol';
import { unknownStats } from '../../ground/unknown-stats.ts';
import type { WorkerEvent } from '../worker.ts';
import type { Conversation, Turn } from './conversation.ts';
import { type Failure, toFailure } from './failure.ts';
import { type PromptResult, promptResult, type RpcError } from './messages.ts';
import { closeBlock } from './translate-text.ts';
import { closeCalls } from './translate-tool.ts';

export type Outcome = { result: PromptResult } | { error: RpcError };
export type TurnEndOptions = {
  outcome: Outcome;
  /** Monotonic milliseconds. */
  at: number;
  /** What to do when the agent is not signed in. */
  signIn: string;
  /** Whether the usage in a result is that of the last request to the model, and not of the turn. */
  usageOfLastRequest?: boolean;
};

/** The agent's answer to a prompt. One that says nothing is a failure. */
export function toOutcome(answer: unknown): Outcome {
  const result = promptResult.safeParse(answer);
  if (result.success) return { result: result.data };
  return { error: { code: 0, message: 'the agent ended the turn without a reason' } };
}

/** The agent answered the prompt: the last events of its turn. */
export function endTurn(conversation: Conversation, options: TurnEndOptions): WorkerEvent[] {
  const { turn } = conversation;
  if (!turn) return [];
  const { outcome } = options;
  const stopReason = 'result' in outcome ? outcome.result.stopReason : 'error';
  const interrupted = turn.interrupted || stopReason === 'cancelled';
  const failure = interrupted ? undefined : failureOf(outcome, options.signIn);
  const events = [...closeBlock(conversation), ...closeCalls(conversation)];
  if (failure) events.push({ type: 'error', data: failure });
  const reason = interrupted ? 'interrupted' : failure && 'error' in outcome ? 'error' : stopReason;
  const stats = toTurnStats(conversation, { ...options, turn, stopReason: reason });
  conversation.turn = undefined;
  conversation.refused.clear();
  const success = !interrupted && !failure;
  return [...events, { type: 'done', data: { success, stats, input_ids: [turn.inputId] } }];
}

function failureOf(outcome: Outcome, signIn: string): Failure | undefined {
  if ('error' in outcome) return toFailure(outcome.error, signIn);
  switch (outcome.result.stopReason) {
    case 'refusal':
      return { code: 'POLICY_DENIED', message: 'The model refused.', details: { rule: 'model_refusal' } };
    case 'max_turn_requests':
    case 'max_tokens': {
      const limit = outcome.result.stopReason;
      const message = 'The agent reached a limit of its own; send another prompt to go on.';
      return { code: 'BUDGET_EXCEEDED', message, details: { limit } };
    }
    default:
      return undefined;
  }
}

type StatsOptions = TurnEndOptions & { turn: Turn; stopReason: string };

/** The figures of a turn: measured here, or the agent's own. What it does not say is null. */
function toTurnStats(conversation: Conversation, options: StatsOptions): TurnStats {
  const { turn, at, outcome, stopReason, usageOfLastRequest } = options;
  const { cost, costBefore, context, model } = conversation;
  conversation.costBefore = cost ?? costBefore;
  const said = 'result' in outcome ? outcome.result.usage : undefined;
  const usage = usageOfLastRequest && turn.toolCalls > 0 ? undefined : said;
  const figure = (value: number | null | undefined) => value ?? null;
  return {
    duration_ms: Math.round(at - turn.startedAt),
    time_to_first_token_ms:
      turn.firstWordAt === undefined ? null : Math.round(turn.firstWordAt - turn.startedAt),
    tool_calls: turn.toolCalls,
    input_tokens: figure(usage?.inputTokens),
    output_tokens: figure(usage?.outputTokens),
    cache_read_tokens: figure(usage?.cachedReadTokens),
    cache_write_tokens: figure(usage?.cachedWriteTokens),
    total_tokens: figure(usage?.totalTokens),
    cost_usd: cost === undefined || costBefore === undefined ? null : Math.max(0, cost - costBefore),
    model: model ?? null,
    context_used_percent: context?.size ? Math.round((context.used / context.size) * 1_000) / 10 : null,
    stop_reason: stopReason,
  };
}

/** The end of a turn that never reached the agent. */
export function endUnsent(inputId: string, stopReason: string): WorkerEvent {
  const data = { success: false, stats: unknownStats(stopReason), input_ids: [inputId] };
  return { type: 'done', data };
}
