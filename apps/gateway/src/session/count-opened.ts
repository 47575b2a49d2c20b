import type { Metrics } from '../ground/metrics.ts';
import type { SessionRecord } from '../store/store.ts';

/** Counts a session that was not there before, new or branched off. */
export function countOpened({ workerType }: SessionRecord, { metrics }: { metrics: Metrics }): void {
  metrics.count('sessions_total', { worker_type: workerType });
}
