import { GatewayError } from '../ground/gateway-error.ts';

/** A credential that nobody was given: it counts as an attempt to guess one (A6). */
export function unknownCredential(message: string, cause?: unknown): GatewayError {
  return new GatewayError('UNAUTHORIZED', message, { cause });
}

/**
 * A credential that was good once. `details.reason` lets a client renew it without reading the message, and it does
 * not count as guessing: else the tabs of a browser that slept would lock out their own user.
 */
export function lapsedCredential(reason: 'expired' | 'revoked', message: string): GatewayError {
  return new GatewayError('UNAUTHORIZED', message, { details: { reason } });
}

/** Whether a failure was an attempt with a credential that never existed. */
export function isGuess(error: unknown): boolean {
  return (
    error instanceof GatewayError && error.code === 'UNAUTHORIZED' && error.details?.reason === undefined
  );
}
