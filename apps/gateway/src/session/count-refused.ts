import { GatewayError } from '../ground/gateway-error.ts';
import type { Metrics } from '../ground/metrics.ts';

/** Looks for a place for an agent, and counts that there is none. Throws what the look throws. */
export function countRefused(metrics: Metrics, look: () => void): void {
  try {
    look();
  } catch (error) {
    const isUser = error instanceof GatewayError && error.code === 'RATE_LIMITED';
    metrics.count('pool_acquire_total', { result: isUser ? 'user_quota_exceeded' : 'pool_exhausted' });
    throw error;
  }
}
