import { GatewayError } from '../../ground/gateway-error.ts';

/** An address gave nothing; `reason` says why, in the middle of a sentence. */
export const fetchFailure = (reason: string) =>
  new GatewayError('INVALID_MESSAGE', `the address could not be fetched: ${reason}`, {
    details: { fields: [{ field: 'url', problem: reason }] },
  });
