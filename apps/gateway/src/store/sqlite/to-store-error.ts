import { GatewayError, toGatewayError } from '../../ground/gateway-error.ts';
import { failureCode } from './failure-code.ts';

/**
 * A failure of the database as it may cross the wire. A full disk and a held lock pass by themselves; nothing else does.
 * NOTE: when the disk has no room for the write-ahead log's index, SQLite says SHMSIZE instead of FULL.
 */
export function toStoreError(error: unknown): GatewayError {
  const code = failureCode(error) ?? '';
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') {
    return new GatewayError('GATEWAY_OVERLOAD', 'the disk of the gateway is full; free space and try again', {
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new GatewayError('GATEWAY_OVERLOAD', 'another program holds the gateway’s database; try again', {
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new GatewayError('INTERNAL_ERROR', 'the disk of the gateway failed; see its log', {
      cause: error,
    });
  }
  return toGatewayError(error);
}
