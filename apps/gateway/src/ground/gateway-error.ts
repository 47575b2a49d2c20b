import { type ErrorCode, errorCodes } from '@hotplex/aep-protocol';

type Extra = { details?: Record<string, unknown>; cause?: unknown };

/** A failure with a stable code that may cross the wire. The message is for people and names the remedy where there is one. */
export class GatewayError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, extra: Extra = {}) {
    super(message, { cause: extra.cause });
    this.name = 'GatewayError';
    this.code = code;
    this.details = extra.details;
  }

  get retryable(): boolean {
    return errorCodes[this.code].retryable;
  }
}

/** Any thrown value as a GatewayError; what was not one becomes INTERNAL_ERROR without leaking its text. */
export function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  return new GatewayError('INTERNAL_ERROR', 'the gateway failed while doing this; see its log', {
    cause: error,
  });
}
