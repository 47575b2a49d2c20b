import type { Clock } from '../ground/clock.ts';
import type { Metrics } from '../ground/metrics.ts';
import type { Exit, StartWorker } from './worker.ts';

/** Counts the agents of a type: which began, how long they lived, and which ended without having been asked to. */
export function withMetrics(
  start: StartWorker,
  { workerType, metrics, clock }: { workerType: string; metrics: Metrics; clock: Clock },
): StartWorker {
  const labels = { worker_type: workerType };
  const noteEnd = (exit: Exit, startedAt: number) => {
    if (exit.reason === 'start-failed') return;
    metrics.observe('worker_exec_duration_seconds', labels, (clock.elapsed() - startedAt) / 1_000);
    const code = exit.signal ?? String(exit.code);
    if (isCrash(exit)) metrics.count('worker_crashes_total', { ...labels, exit_code: code });
  };
  return (options, listener) => {
    const startedAt = clock.elapsed();
    let isNoted = options.adopt !== undefined;
    const noteStart = (result: 'success' | 'failure') => {
      if (!isNoted) metrics.count('worker_starts_total', { ...labels, result });
      isNoted = true;
    };
    return start(options, {
      ...listener,
      onEvents(events) {
        noteStart('success');
        listener.onEvents(events);
      },
      onExit(exit) {
        noteStart(exit.reason === 'start-failed' ? 'failure' : 'success');
        noteEnd(exit, startedAt);
        listener.onExit(exit);
      },
    });
  };
}

const isCrash = ({ reason, code }: Exit) => reason !== 'stopped' && code !== 0;
