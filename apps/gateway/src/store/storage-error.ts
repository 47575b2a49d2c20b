import { GatewayError } from '../ground/gateway-error.ts';

/** A failed write or read as an error that may cross the wire: new work is refused, nothing is shown that is not stored. */
export function toStorageError(cause: unknown): GatewayError {
  if (cause instanceof GatewayError) return cause;
  const code = (cause as { code?: string }).code ?? '';
  if (/^SQLITE_(FULL|IOERR_WRITE)/.test(code))
    return new GatewayError(
      'GATEWAY_OVERLOAD',
      'the disk is full: nothing new is accepted until there is room',
      { cause },
    );
  if (/^SQLITE_(BUSY|LOCKED)/.test(code))
    return new GatewayError('GATEWAY_OVERLOAD', 'the database is locked: try again', { cause });
  return new GatewayError('INTERNAL_ERROR', 'the database failed; see the gateway’s log', { cause });
}

/** A commit whose numbers do not follow the log: a fault of the caller that must never reach the disk. */
export function requireNextSeq(expected: number, seq: number): void {
  if (seq !== expected)
    throw new GatewayError('INTERNAL_ERROR', `event ${seq} does not follow ${expected - 1}`);
}
