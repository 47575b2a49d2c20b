import type { MiddlewareHandler } from 'hono';
import { GatewayError } from '../ground/gateway-error.ts';
import type { RateLimit } from '../ground/rate-limit.ts';
import { tooOften } from '../ground/too-often.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { attemptOf } from './attempt.ts';

export type AdmissionOptions = {
  /** Whether requests from there are taken at all. */
  isAllowed(address: string): boolean;
  /** How many of one address. */
  rate: RateLimit;
};

/** Before anybody is asked who they are: where they come from, and how often. Throws FORBIDDEN and RATE_LIMITED. */
export function admission({ isAllowed, rate }: AdmissionOptions): MiddlewareHandler<ApiEnvironment> {
  return async (c, next) => {
    // The node that let him in has asked.
    if (c.env.caller) return next();
    const { address } = attemptOf(c.env.incoming);
    if (!isAllowed(address))
      throw new GatewayError('FORBIDDEN', 'nobody may ask from this address: see admin.allowed_networks');
    const waitMs = rate.take(address);
    if (waitMs > 0) throw tooOften('too many requests', waitMs);
    await next();
  };
}
