import type { Config } from './config-schema.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';
import type { Metrics } from './ground/metrics.ts';
import { resolveWorkDir, type WorkDirRules } from './session/work-dir.ts';
import { withCrashLimit } from './worker/with-crash-limit.ts';
import { withMetrics } from './worker/with-metrics.ts';
import { withRetry } from './worker/with-retry.ts';
import { withWorkDirCheck } from './worker/with-work-dir-check.ts';
import type { StartWorker } from './worker/worker.ts';

type SuperviseOptions = {
  config: Config['worker'];
  clock: Clock;
  ids: Ids;
  metrics: Metrics;
  random: () => number;
  workDirRules: WorkDirRules;
};

/** What watches over the workers of every session: nothing is started again and again or elsewhere, and overloads are waited out. */
export function createSupervise({ config, clock, ids, metrics, random, workDirRules }: SuperviseOptions) {
  const { auto_retry, crash_limit } = config;
  const retry = {
    ...{ clock, ids, random, attempts: auto_retry.attempts, prompt: auto_retry.prompt },
    ...{ minMs: auto_retry.min_delay, maxMs: auto_retry.max_delay },
  };
  const limit = { clock, crashes: crash_limit.crashes, windowMs: crash_limit.window };
  const resolve = (workDir: string) => resolveWorkDir(workDir, workDirRules);
  return (start: StartWorker, workerType: string): StartWorker => {
    const counted = withMetrics(start, { workerType, metrics, clock });
    return withRetry(withCrashLimit(withWorkDirCheck(counted, resolve), limit), retry);
  };
}
