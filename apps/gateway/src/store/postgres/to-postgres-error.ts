import { GatewayError, toGatewayError } from '../../ground/gateway-error.ts';
import type { BridgeFailure } from './bridge-messages.ts';

/** The connection was lost while something was being written: it is stored as a whole or not at all, nobody knows which. */
export class InDoubtError extends GatewayError {
  constructor(cause: unknown) {
    super('GATEWAY_OVERLOAD', 'the gateway lost its database while it wrote; try again', { cause });
    this.name = 'InDoubtError';
  }
}

/**
 * What passes by itself, of https://www.postgresql.org/docs/current/errcodes-appendix.html: lost connections (08), no room
 * (53), a server that is ending or starting (57P), transactions that got into each other's way (40), held locks (55P03),
 * a statement that took too long (57014), and a server that may only be read, as one is until it takes over (25006).
 */
const passing = /^(08|53|57P|40|55P03|57014|25006)/;
const full = /^(53100|53200)/;

/** A failure of PostgreSQL as it may cross the wire. */
export function toPostgresError(failure: BridgeFailure): GatewayError {
  const { kind, code = '' } = failure;
  const cause = Object.assign(new Error(failure.message), { code: failure.code });
  const overload = (message: string) => new GatewayError('GATEWAY_OVERLOAD', message, { cause });
  if (kind === 'lost') return new InDoubtError(cause);
  if (kind === 'unreachable') return overload('the database of the gateway cannot be reached; try again');
  if (kind === 'taken') return overload('another gateway holds this gateway’s database; try again');
  if (full.test(code)) return overload('the gateway’s database has no room left; free space and try again');
  if (passing.test(code)) return overload('the database of the gateway is busy; try again');
  return toGatewayError(cause);
}
