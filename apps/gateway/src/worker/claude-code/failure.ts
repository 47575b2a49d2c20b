import type { WorkerEvent } from '../worker.ts';
import type { Conversation, Turn } from './conversation.ts';
import type { RecordOf } from './messages.ts';

type Failure = Extract<WorkerEvent, { type: 'error' }>['data'];

export const loginRemedy =
  'run `claude` once as the user of the gateway and sign in with /login, or start the gateway with ANTHROPIC_API_KEY set';

type Options = { turn: Turn; result: RecordOf<'result'> };

/** Why a turn failed, as a stable code and words for people. NOTE: an API error comes as subtype "success" with is_error. */
export function toFailure(conversation: Conversation, { turn, result }: Options): Failure {
  const status = result.api_error_status ?? null;
  const said = result.result || result.errors?.join('; ') || `the turn ended with ${result.subtype}`;
  const details = { status, reason: turn.apiError };
  if (result.subtype === 'error_max_turns') {
    const message = `${said}. Send another prompt to go on, or raise max_turns.`;
    return { code: 'BUDGET_EXCEEDED', message, details: { limit: 'max_turns' } };
  }
  if (result.subtype === 'error_max_budget_usd') {
    return { code: 'BUDGET_EXCEEDED', message: said, details: { limit: 'max_budget_usd' } };
  }
  if (result.stop_reason === 'refusal') {
    return { code: 'POLICY_DENIED', message: said, details: { ...details, rule: 'model_refusal' } };
  }
  if (turn.apiError === 'billing_error') return { code: 'BUDGET_EXCEEDED', message: said, details };
  if (status === 429 || turn.apiError === 'rate_limit') {
    const { resetsAt } = conversation;
    const resets_at = resetsAt ? new Date(resetsAt * 1_000).toISOString() : null;
    return { code: 'RATE_LIMITED', message: said, details: { ...details, resets_at } };
  }
  if (status === 401 || status === 403) {
    const message = `The model API refused the credentials of Claude Code (${said}); ${loginRemedy}.`;
    return { code: 'UNAUTHORIZED', message, details };
  }
  if (turn.apiError === 'authentication_failed') {
    return { code: 'WORKER_START_FAILED', message: `Claude Code is not signed in: ${loginRemedy}.`, details };
  }
  if (status === 404 || turn.apiError === 'model_not_found') {
    const model = turn.model ?? conversation.model;
    const message = `The model ${model ?? 'chosen'} does not exist or may not be used; choose another.`;
    return { code: 'CONFIG_INVALID', message, details: { ...details, field: 'model', model } };
  }
  return { code: 'INTERNAL_ERROR', message: said, details };
}
