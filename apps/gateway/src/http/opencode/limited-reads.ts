import type { MiddlewareHandler } from 'hono';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import type { SharedLimits } from './opencode-options.ts';

/**
 * Counts a request that reads a whole log like a frame of its user (rule B4), whatever the session. The request fails with
 * RATE_LIMITED, and how long to wait, if there are too many.
 */
export function limitedReads(limits: Pick<SharedLimits, 'takeFrame'>): MiddlewareHandler<ApiEnvironment> {
  return async (c, next) => {
    const excess = limits.takeFrame(c.get('identity'), 'opencode log');
    if (!excess) return next();
    const message = `too many requests: try again in ${Math.ceil(excess.retryAfterMs / 1_000)} s`;
    throw new GatewayError('RATE_LIMITED', message, { details: { retry_after_ms: excess.retryAfterMs } });
  };
}
