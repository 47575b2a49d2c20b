import { escapeLineSeparators } from '@hotplex/aep-protocol';
import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import type { EventRecord } from '../store/store.ts';
import { mergeDeltas, type Pending } from './delta-buffer.ts';

/** Numbers events for the log: gapless from `after + 1`, one time stamp for the batch. */
export function stamp(
  pending: readonly Pending[],
  after: number,
  { clock, ids }: { clock: Pick<Clock, 'now'>; ids: Ids },
): EventRecord[] {
  const timestamp = clock.now();
  return mergeDeltas(pending).map(({ event, turnId }, index) => ({
    seq: after + index + 1,
    id: ids.event(),
    type: event.type,
    turnId,
    timestamp,
    data: escapeLineSeparators(JSON.stringify(event.data)),
  }));
}
