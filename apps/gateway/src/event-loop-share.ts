import { performance } from 'node:perf_hooks';

/** How much of its time this thread worked, 0 to 1, since it was last asked for: near 1, everybody waits for everybody. */
export function watchEventLoop(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return Number.isFinite(utilization) ? utilization : 0;
  };
}
