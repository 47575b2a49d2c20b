import type { MiddlewareHandler } from 'hono';
import { tooOften } from '../../ground/too-often.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import type { SharedLimits } from './opencode-options.ts';

/**
 * Counts a request that reads a whole log like a frame of its user (rule B4), whatever the session. The request fails with
 * RATE_LIMITED, and how long to wait, if there are too many.
 */
export function limitedReads(limits: Pick<SharedLimits, 'takeFrame'>): MiddlewareHandler<ApiEnvironment> {
  return async (c, next) => {
    const excess = limits.takeFrame(c.get('identity'), 'opencode log');
    if (excess) throw tooOften('too many requests', excess.retryAfterMs);
    return next();
  };
}
