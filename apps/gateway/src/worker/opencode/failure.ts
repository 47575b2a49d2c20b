import type { WorkerEvent } from '../worker.ts';
import type { OpenCodeError } from './tool-state.ts';

type Failure = Extract<WorkerEvent, { type: 'error' }>['data'];

export const loginRemedy =
  'run `opencode auth login` once as the user of the gateway, or start the gateway with the provider’s API key set';

/** Why a turn failed, as a stable code and words for people. */
export function toFailure({ name, data }: OpenCodeError, model: string | null): Failure {
  const status = data?.statusCode ?? null;
  const said = firstLine(data?.message) || name;
  const details = { status, reason: name };
  if (name === 'ProviderAuthError' || status === 401 || status === 403) {
    const message = `The model API refused the credentials of OpenCode (${said}); ${loginRemedy}.`;
    return { code: 'UNAUTHORIZED', message, details };
  }
  if (status === 429) return { code: 'RATE_LIMITED', message: said, details };
  if (status === 402) return { code: 'BUDGET_EXCEEDED', message: said, details };
  if (status === 404 || /model not found/i.test(said)) {
    const message = `The model ${model ?? 'chosen'} does not exist or may not be used; choose another (${said}).`;
    return { code: 'CONFIG_INVALID', message, details: { ...details, field: 'model', model } };
  }
  if (name === 'ContentFilterError') {
    return { code: 'POLICY_DENIED', message: said, details: { ...details, rule: 'model_refusal' } };
  }
  if (name === 'ContextOverflowError') {
    const message = `The conversation is too long for the model (${said}); compact it or begin a new one.`;
    return { code: 'INTERNAL_ERROR', message, details };
  }
  return { code: 'INTERNAL_ERROR', message: said, details };
}

/** NOTE: some messages carry a stack trace behind the first line. */
function firstLine(message: string | null | undefined): string {
  return message?.split('\n')[0]?.trim() ?? '';
}
