import type { ErrorCode } from '@hotplex/aep-protocol';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { GatewayError, toGatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import type { Metrics } from '../ground/metrics.ts';

const statuses: Record<ErrorCode, ContentfulStatusCode> = {
  INVALID_MESSAGE: 400,
  PROTOCOL_VIOLATION: 400,
  VERSION_MISMATCH: 400,
  AUTH_REQUIRED: 401,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  POLICY_DENIED: 403,
  BUDGET_EXCEEDED: 403,
  SESSION_NOT_FOUND: 404,
  INPUT_CONFLICT: 409,
  ALREADY_RESOLVED: 409,
  SESSION_BUSY: 409,
  SESSION_TERMINATED: 409,
  SESSION_INVALIDATED: 409,
  SESSION_EXPIRED: 410,
  CONFIG_INVALID: 422,
  NOT_SUPPORTED: 422,
  RATE_LIMITED: 429,
  INTERNAL_ERROR: 500,
  WORKER_CRASH: 502,
  WORKER_OOM: 502,
  WORKER_OUTPUT_LIMIT: 502,
  PROCESS_SIGKILL: 502,
  WORKER_START_FAILED: 503,
  GATEWAY_OVERLOAD: 503,
  RECONNECT_REQUIRED: 503,
  RESUME_RETRY: 503,
  WORKER_TIMEOUT: 504,
  EXECUTION_TIMEOUT: 504,
  TURN_TIMEOUT: 504,
};

export function statusOf({ code }: GatewayError): ContentfulStatusCode {
  return statuses[code];
}

/** The body of every failed request: the same code and words as on the socket. */
export function errorBody({ code, message, details, retryable }: GatewayError) {
  return { error: { code, message, retryable, ...(details ? { details } : {}) } };
}

/** What HTTP itself refuses about a request, in the words of the protocol. */
const httpRefusals: Partial<Record<number, string>> = {
  400: 'the body is not JSON',
  415: 'the body must be JSON: send content-type application/json',
};

/** Turns whatever a route threw into an answer; what was not expected is logged and not told. */
export function onApiError({ logger, metrics }: { logger: Logger; metrics: Metrics }) {
  return (thrown: Error, c: Context): Response => {
    const refusal = thrown instanceof HTTPException ? httpRefusals[thrown.status] : undefined;
    if (thrown instanceof HTTPException && refusal !== undefined)
      return c.json(errorBody(new GatewayError('INVALID_MESSAGE', refusal)), thrown.status);
    const error = toGatewayError(thrown);
    if (error !== thrown) logger.error({ error: thrown.stack ?? thrown.message }, 'a request failed');
    metrics.count('gateway_errors_total', { error_code: error.code });
    const status = statusOf(error);
    const retryAfterMs = error.details?.retry_after_ms;
    if (status === 401) c.header('www-authenticate', 'Bearer');
    if (typeof retryAfterMs === 'number') c.header('retry-after', String(Math.ceil(retryAfterMs / 1_000)));
    return c.json(errorBody(error), status);
  };
}
