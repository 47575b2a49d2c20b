import type { WorkerEvent } from '../worker.ts';

export type Failure = Extract<WorkerEvent, { type: 'error' }>['data'];

export const loginRemedy =
  'start `pi` once as the user of the gateway and sign in with /login, or start the gateway with the API key of a provider set, such as ANTHROPIC_API_KEY';

/** Pi's words about a failed request: `429 {"type":"error",…}`, JSON alone, or what the network said. */
export function readFailure(text: string): { status: number | null; reason: string | null; message: string } {
  const [, digits, rest = text] = /^(\d{3})\s+([\s\S]*)$/.exec(text) ?? [];
  const status = digits === undefined ? null : Number(digits);
  const { type, message } = readBody(rest);
  return { status, reason: type, message: message ?? rest };
}

/** Why a turn failed, as a stable code and words for people. */
export function toFailure(text: string, model: string | null): Failure {
  const { status, reason, message } = readFailure(text);
  const details = { status, reason };
  if (status === 429 || reason === 'rate_limit_error') return { code: 'RATE_LIMITED', message, details };
  if (status === 402 || reason === 'billing_error') return { code: 'BUDGET_EXCEEDED', message, details };
  if (status === 401 || status === 403) {
    const said = `The model API refused the credentials of Pi (${message}); ${loginRemedy}.`;
    return { code: 'UNAUTHORIZED', message: said, details };
  }
  if (status === 404) {
    const said = `The model ${model ?? 'chosen'} does not exist or may not be used (${message}); choose another.`;
    return { code: 'CONFIG_INVALID', message: said, details: { ...details, field: 'model', model } };
  }
  return { code: 'INTERNAL_ERROR', message: status === null ? message : `${message} (${status})`, details };
}

/** Why Pi did not take a prompt. */
export function toPromptFailure(text: string): Failure {
  const [words = text] = text.split('\n');
  if (/^No (API key|model)/i.test(words)) {
    return { code: 'WORKER_START_FAILED', message: `Pi has no model it may use (${words}): ${loginRemedy}.` };
  }
  return { code: 'INTERNAL_ERROR', message: words };
}

function readBody(text: string): { type: string | null; message: string | null } {
  try {
    const { error } = JSON.parse(text) as { error?: { type?: unknown; message?: unknown } };
    const word = (value: unknown) => (typeof value === 'string' ? value : null);
    return { type: word(error?.type), message: word(error?.message) };
  } catch {
    return { type: null, message: null };
  }
}
