import { errorCodes, isErrorCode } from '@hotplex/aep-protocol';

/** Codes that never cross the wire: they happen in this client. */
export type LocalErrorCode = 'CLIENT_CLOSED' | 'CONNECTION_LOST' | 'HTTP_ERROR';

type ErrorFields = {
  code: string;
  message: string;
  details?: Record<string, unknown> | undefined;
  eventId?: string | undefined;
  retryable?: boolean | undefined;
};

/** A failure with a stable code: one of the protocol's, or a local one. */
export class AepError extends Error {
  readonly code: string;
  /** Whether the same request may be tried again. */
  readonly retryable: boolean;
  /** What to do about it, in words for people. */
  readonly remedy: string | undefined;
  readonly details: Record<string, unknown> | undefined;
  /** The frame that was refused, if it was one of ours. */
  readonly eventId: string | undefined;

  constructor({ code, message, details, eventId, retryable }: ErrorFields, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AepError';
    this.code = code;
    const entry = isErrorCode(code) ? errorCodes[code] : undefined;
    this.retryable = retryable ?? entry?.retryable ?? code === 'CONNECTION_LOST';
    this.remedy = entry?.remedy;
    this.details = details;
    this.eventId = eventId;
  }
}
