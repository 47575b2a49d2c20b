type ErrorEntry = { when: string; remedy: string; retryable: boolean };

/** Every code that can cross the wire: when it is sent, what a client should do, and whether the same request may be tried again. */
export const errorCodes = {
  WORKER_START_FAILED: {
    when: 'The agent process could not be started.',
    remedy: 'Read the message: it names what is missing and how to install it; then send the input again.',
    retryable: true,
  },
  WORKER_CRASH: {
    when: 'The agent process ended in the middle of its work.',
    remedy: 'Send the next input: the session resumes with the agent’s memory.',
    retryable: true,
  },
  WORKER_TIMEOUT: {
    when: 'The agent did not answer in time.',
    remedy: 'Try again, or interrupt and ask for less.',
    retryable: true,
  },
  WORKER_OOM: {
    when: 'The agent was killed for using too much memory.',
    remedy: 'Raise the limit or ask for less at once.',
    retryable: true,
  },
  PROCESS_SIGKILL: {
    when: 'The agent process was killed from outside.',
    remedy: 'Send the next input: the session resumes.',
    retryable: true,
  },
  WORKER_OUTPUT_LIMIT: {
    when: 'The agent wrote a line or a turn above the limit.',
    remedy: 'Ask for less output or raise the limit.',
    retryable: false,
  },
  INVALID_MESSAGE: {
    when: 'A frame is not JSON or a known kind has wrong fields.',
    remedy: 'Correct the fields named in details.fields.',
    retryable: false,
  },
  SESSION_NOT_FOUND: {
    when: 'There is no such session for this caller.',
    remedy: 'List your sessions or open a new one.',
    retryable: false,
  },
  SESSION_EXPIRED: {
    when: 'The session passed its retention.',
    remedy: 'Open a new session.',
    retryable: false,
  },
  SESSION_TERMINATED: {
    when: 'The session was ended on request.',
    remedy: 'Send an input to resume it.',
    retryable: false,
  },
  SESSION_INVALIDATED: {
    when: 'The session can no longer be used by this connection.',
    remedy: 'Connect again.',
    retryable: false,
  },
  SESSION_BUSY: {
    when: 'A turn is running and the input asked to be rejected, or the queue is full.',
    remedy: 'Wait for done, or send with delivery queue.',
    retryable: true,
  },
  UNAUTHORIZED: {
    when: 'The credential is wrong, expired or revoked.',
    remedy: 'Sign in again or use a valid token or key.',
    retryable: false,
  },
  AUTH_REQUIRED: {
    when: 'No credential was given.',
    remedy: 'Send a token in init.auth.token, an Authorization header or an API key header.',
    retryable: false,
  },
  FORBIDDEN: {
    when: 'The caller may see this but not do it.',
    remedy: 'Ask an owner or driver of the session.',
    retryable: false,
  },
  INTERNAL_ERROR: {
    when: 'Something failed that is not the caller’s doing.',
    remedy: 'Try again; if it persists, look in the gateway’s log.',
    retryable: true,
  },
  PROTOCOL_VIOLATION: {
    when: 'A frame of a kind or in an order that the protocol does not allow.',
    remedy: 'Send init first, and only kinds a client may send.',
    retryable: false,
  },
  VERSION_MISMATCH: {
    when: 'The client speaks another version.',
    remedy: 'Use the version in details.max_supported.',
    retryable: false,
  },
  CONFIG_INVALID: {
    when: 'A field of init.config is not possible with this worker, or the worker type is unknown.',
    remedy: 'Change or leave out the field named in the message.',
    retryable: false,
  },
  RATE_LIMITED: {
    when: 'Too many requests, or a quota is used up.',
    remedy: 'Wait for details.retry_after_ms or until details.resets_at.',
    retryable: true,
  },
  GATEWAY_OVERLOAD: {
    when: 'The gateway has no room for another worker or connection.',
    remedy: 'Try again later or close sessions.',
    retryable: true,
  },
  EXECUTION_TIMEOUT: { when: 'A request to the agent took too long.', remedy: 'Try again.', retryable: true },
  TURN_TIMEOUT: {
    when: 'The turn passed its time limit and was ended.',
    remedy: 'Ask for less at once or raise the limit.',
    retryable: true,
  },
  RECONNECT_REQUIRED: {
    when: 'The gateway is stopping or has restarted; what was running was closed.',
    remedy: 'Reconnect with last_seq and send the next input.',
    retryable: true,
  },
  RESUME_RETRY: {
    when: 'Resuming the agent failed once and is tried again.',
    remedy: 'Nothing to do.',
    retryable: true,
  },
  NOT_SUPPORTED: {
    when: 'This worker cannot do that.',
    remedy: 'Look at server_caps for what it can do.',
    retryable: false,
  },
  INPUT_CONFLICT: {
    when: 'An input_id was used again with another body.',
    remedy: 'Use a new input_id.',
    retryable: false,
  },
  ALREADY_RESOLVED: {
    when: 'Somebody else answered first, or the request is over.',
    remedy: 'Nothing to do: see the resolved event.',
    retryable: false,
  },
  BUDGET_EXCEEDED: {
    when: 'A limit of cost, tokens or time is reached.',
    remedy: 'Raise the budget or wait for the next period.',
    retryable: false,
  },
  POLICY_DENIED: {
    when: 'A policy rule forbids the action.',
    remedy: 'See details.rule; ask an operator if the rule is wrong.',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCodes;

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(errorCodes, value);
}
