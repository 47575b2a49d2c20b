import type { ErrorCode } from '@hotplex/aep-protocol';
import type { Context } from 'hono';
import { type GatewayError, toGatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';

const statuses: Partial<Record<ErrorCode, 400 | 401 | 403 | 404 | 409 | 422 | 429 | 503>> = {
  INVALID_MESSAGE: 400,
  CONFIG_INVALID: 422,
  AUTH_REQUIRED: 401,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  SESSION_NOT_FOUND: 404,
  INPUT_CONFLICT: 409,
  ALREADY_RESOLVED: 409,
  SESSION_BUSY: 409,
  RATE_LIMITED: 429,
  GATEWAY_OVERLOAD: 503,
};

export function statusOf({ code }: GatewayError) {
  return statuses[code] ?? 500;
}

/** The body of every failed request: the same code and words as on the socket. */
export function errorBody({ code, message, details, retryable }: GatewayError) {
  return { error: { code, message, retryable, ...(details ? { details } : {}) } };
}

/** Turns whatever a route threw into an answer; what was not expected is logged and not told. */
export function onApiError(logger: Logger) {
  return (thrown: Error, c: Context) => {
    const status = 'status' in thrown ? Number(thrown.status) : undefined;
    if (status === 400 || status === 413 || status === 415) {
      return c.json(
        {
          error: {
            code: 'INVALID_MESSAGE',
            message: 'the body could not be read: send JSON',
            retryable: false,
          },
        },
        status,
      );
    }
    const error = toGatewayError(thrown);
    if (error !== thrown) logger.error({ error: thrown.stack ?? thrown.message }, 'a request failed');
    return c.json(errorBody(error), statusOf(error));
  };
}
