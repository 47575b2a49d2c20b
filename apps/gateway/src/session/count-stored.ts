import type { Metrics } from '../ground/metrics.ts';
import type { EventRecord } from '../store/store.ts';
import type { Step } from './step.ts';

type Stored = { step: Pick<Step, 'pending'>; events: readonly EventRecord[]; workerType: string };

/** Counts what has become true: events by their kind, turns with what they took and cost, sessions that ended. */
export function countStored({ step, events, workerType }: Stored, metrics: Metrics): void {
  for (const { type } of events)
    metrics.count('gateway_events_total', { event_type: type, direction: 's2c' });
  for (const { event } of step.pending) {
    if (event.type === 'done') countTurn(event.data, workerType, metrics);
    else if (event.type === 'error') metrics.count('gateway_errors_total', { error_code: event.data.code });
    else if (event.type === 'state' && event.data.state === 'terminated')
      metrics.count('sessions_terminated_total', { reason: event.data.message ?? 'none' });
  }
}

type Done = Extract<Step['pending'][number]['event'], { type: 'done' }>['data'];

function countTurn({ success, stats }: Done, workerType: string, metrics: Metrics): void {
  const labels = { worker_type: workerType };
  metrics.count('turns_total', { ...labels, result: success ? 'success' : 'failure' });
  if (!stats) return;
  const tokens = {
    input: stats.input_tokens,
    output: stats.output_tokens,
    cache_read: stats.cache_read_tokens,
    cache_write: stats.cache_write_tokens,
  };
  for (const [kind, count] of Object.entries(tokens))
    if (count !== null && count > 0) metrics.count('tokens_total', { ...labels, kind }, count);
  if (stats.cost_usd !== null && stats.cost_usd > 0) metrics.count('cost_usd_total', labels, stats.cost_usd);
  const { duration_ms: duration, time_to_first_token_ms: first } = stats;
  if (duration !== null) metrics.observe('turn_duration_seconds', labels, duration / 1_000);
  if (first !== null) metrics.observe('turn_first_token_seconds', labels, first / 1_000);
}
