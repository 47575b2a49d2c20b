import type { ErrorCode } from '@hotplex/aep-protocol';
import type { LocalErrorCode } from '@hotplex/client-sdk';

/** What a person reads for each code. After a colon the gateway’s own words follow: they name what is meant. */
const texts: Record<ErrorCode | LocalErrorCode, string> = {
  WORKER_START_FAILED: 'The agent could not be started:',
  WORKER_CRASH: 'The agent broke off in the middle of its work. It comes back with your next message.',
  WORKER_TIMEOUT: 'The agent did not answer in time. Try again, or ask for less.',
  WORKER_OOM: 'The agent needed too much memory. Ask for less at once.',
  PROCESS_SIGKILL: 'The agent was ended from outside. It comes back with your next message.',
  WORKER_OUTPUT_LIMIT: 'The agent wrote more than is allowed. Ask for less.',
  INVALID_MESSAGE: 'This cannot be sent:',
  SESSION_NOT_FOUND: 'This conversation does not exist, or is not yours.',
  SESSION_EXPIRED: 'This conversation has expired. Begin a new one.',
  SESSION_TERMINATED: 'This conversation was ended. Send a message to go on.',
  SESSION_INVALIDATED: 'This page can no longer use the conversation. Load it again.',
  SESSION_BUSY: 'The agent is busy. Wait for its answer, then send again.',
  UNAUTHORIZED: 'You are not signed in any more. Sign in again.',
  AUTH_REQUIRED: 'You are not signed in. Sign in first.',
  FORBIDDEN: 'You may see this conversation, but not do this:',
  INTERNAL_ERROR: 'Something failed at the other end. Try again:',
  PROTOCOL_VIOLATION: 'This page and the gateway do not understand each other. Load the page again.',
  VERSION_MISMATCH: 'This page and the gateway speak different versions. Load the page again.',
  CONFIG_INVALID: 'The agent cannot be set up like this:',
  RATE_LIMITED: 'That was too much at once. Wait a moment, then try again.',
  GATEWAY_OVERLOAD: 'There is no room for another agent right now. Try again later.',
  EXECUTION_TIMEOUT: 'The agent took too long for this. Try again.',
  TURN_TIMEOUT: 'The answer took longer than is allowed. Ask for less at once.',
  RECONNECT_REQUIRED: 'The gateway was restarted meanwhile. What was said is kept; send your message again.',
  RESUME_RETRY: 'The agent is being brought back. Nothing is to be done.',
  NOT_SUPPORTED: 'This agent cannot do that:',
  INPUT_CONFLICT: 'This message was sent before with other words. Send it as a new one.',
  ALREADY_RESOLVED: 'This was answered already.',
  BUDGET_EXCEEDED: 'A limit of cost, tokens or time is reached:',
  POLICY_DENIED: 'A rule of this gateway forbids it:',
  CLIENT_CLOSED: 'This conversation was closed on this page. Load it again.',
  CONNECTION_LOST: 'The connection to the gateway was lost. The agent goes on; load the page again.',
  HTTP_ERROR: 'The gateway could not be asked:',
};

/**
 * One or two sentences for people about what `useChat` holds in `error`, or a message in `metadata.error`. English; a
 * page in another language goes by the `code`.
 */
export function errorText(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'Something failed.';
  const code = 'code' in error ? String(error.code) : isDisconnect(error) ? 'CONNECTION_LOST' : '';
  const told = 'message' in error ? String(error.message) : '';
  if (!isKnown(code)) return told || 'Something failed.';
  const text = texts[code];
  if (!text.endsWith(':')) return text;
  return told === '' ? text.replace(/:$/, '.') : `${text} ${told}`;
}

function isKnown(code: string): code is ErrorCode | LocalErrorCode {
  return Object.hasOwn(texts, code);
}

/** The AI SDK’s word for a connection that is gone; browsers say that a fetch or load failed. */
function isDisconnect(error: object): boolean {
  return error instanceof TypeError && /network|fetch|load failed/i.test(error.message);
}
